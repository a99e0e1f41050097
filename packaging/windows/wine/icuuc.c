/* Stands in, while trying out under wine alone, for the icuuc.dll that Windows 10 has and wine lacks. Never shipped. ucnv_open always fails with U_UNSUPPORTED_ERROR (16). */
#include <stdint.h>
#include <stddef.h>
#define X __declspec(dllexport)
typedef int E;
X void* ucnv_open(const char*n,E*e){ if(e)*e=16; return 0; }
X void ucnv_close(void*c){}
X void ucnv_reset(void*c){}
X void ucnv_setFromUCallBack(void*c,void*a,const void*b,void**o,const void**p,E*e){ if(e)*e=16; }
X void ucnv_setToUCallBack(void*c,void*a,const void*b,void**o,const void**p,E*e){ if(e)*e=16; }
X void ucnv_getFromUCallBack(const void*c,void**a,const void**b){}
X void ucnv_getToUCallBack(const void*c,void**a,const void**b){}
X void ucnv_cbToUWriteUChars(void*a,const void*s,int32_t n,int32_t o,E*e){ if(e)*e=16; }
X void ucnv_cbFromUWriteUChars(void*a,const void**s,const void*l,int32_t o,E*e){ if(e)*e=16; }
X const char* ucnv_getName(const void*c,E*e){ if(e)*e=16; return 0; }
X const char* ucnv_getStandardName(const char*n,const char*s,E*e){ if(e)*e=16; return 0; }
X const char* ucnv_getAvailableName(int32_t n){ return 0; }
X int32_t ucnv_countAvailable(void){ return 0; }
X int8_t ucnv_getMaxCharSize(const void*c){ return 4; }
X void ucnv_fromUnicode(void*c,char**t,const char*tl,const void**s,const void*sl,int32_t*o,int8_t f,E*e){ if(e)*e=16; }
X void ucnv_toUnicode(void*c,void**t,const void*tl,const char**s,const char*sl,int32_t*o,int8_t f,E*e){ if(e)*e=16; }
X int32_t ucnv_fromUCountPending(const void*c,E*e){ if(e)*e=16; return -1; }
X int32_t ucnv_toUCountPending(const void*c,E*e){ if(e)*e=16; return -1; }
X void UCNV_TO_U_CALLBACK_SUBSTITUTE(void){}
X void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void){}

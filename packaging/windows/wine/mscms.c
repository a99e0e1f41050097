/* Stands in, while trying out under wine alone, for what Qt asks of mscms.dll and wine lacks. Never shipped. */
#include <stddef.h>
#define X __declspec(dllexport)
X void* OpenColorProfileW(void*p,unsigned a,unsigned s,unsigned c){ return 0; }
X void* WcsCreateIccProfile(void*p,unsigned o){ return 0; }
X int CloseColorProfile(void*p){ return 1; }
X int GetColorProfileFromHandle(void*p,void*b,unsigned*s){ return 0; }

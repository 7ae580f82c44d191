# A machine in one sector: says "boot" once on the serial line, then counts, writes the count into the disk's second sector
# and says it. The byte before the mark at the end: how many ticks of the clock (18.2 a second) it rests; 0: it writes as
# fast as it can and says each 64th.
.include "sector.s"
  mov $boot,%si
  call say
again:
  incl 0x7e00
  mov $0x0301,%ax
  mov $2,%cx
  mov $0x0080,%dx
  mov $0x7e00,%bx
  int $0x13
  jnc wrote
  mov $failed,%si
  call say
wrote:
  movzbw rest,%cx
  jcxz busy
tick:
  hlt
  loop tick
  jmp tell
busy:
  testb $63,0x7e00
  jnz again
tell:
  mov 0x7e00,%ebx
  mov $8,%cx
  mov $digits,%di
digit:
  rol $4,%ebx
  mov %bl,%al
  and $15,%al
  add $'0',%al
  cmp $'9',%al
  jbe decimal
  add $39,%al
decimal:
  stosb
  loop digit
  mov $digits,%si
  call say
  jmp again
boot: .asciz "boot\r\n"
failed: .asciz "no disk\r\n"
digits: .ascii "00000000"
  .asciz "\r\n"
.org 509
rest: .byte 9
.byte 0x55, 0xaa

# A machine in one sector: for each byte that comes on the serial line it prints 100,000 numbered lines.
.include "sector.s"
  mov $ready,%si
  call say
wait:
  mov $0x3fd,%dx
  in %dx,%al
  test $1,%al
  jnz print
  hlt
  jmp wait
print:
  mov $0x3f8,%dx
  in %dx,%al
  mov $100000,%ebp
  movl $0x30303030,number
  movw $0x3030,number+4
next:
  mov $number+5,%bx
carry:
  incb (%bx)
  cmpb $'9',(%bx)
  jbe counted
  movb $'0',(%bx)
  dec %bx
  jmp carry
counted:
  mov $line,%si
  call say
  dec %ebp
  jnz next
  mov $ready,%si
  call say
  jmp wait
ready: .asciz "ready\r\n"
line: .ascii "line "
number: .ascii "000000"
  .asciz " of the many that it has to say\r\n"
.org 510
.byte 0x55, 0xaa

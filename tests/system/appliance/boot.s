# Says on the serial line, again and again, what it is and what stands at the beginning of the second disk.
.code16
.globl start
start:
  xor %ax,%ax
  mov %ax,%ds
  mov %ax,%es
  mov %ax,%ss
  mov $0x7c00,%sp
  sti
again:
  mov $text,%si
  call say
  mov $0x0201,%ax
  mov $1,%cx
  mov $0x0081,%dx
  mov $0x7e00,%bx
  int $0x13
  jc rest
  mov $0x7e00,%si
  call say
rest:
  mov $18,%cx
tick:
  hlt
  loop tick
  jmp again
say:
  lodsb
  test %al,%al
  jz said
  push %ax
  mov $0x3fd,%dx
full:
  in %dx,%al
  test $0x20,%al
  jz full
  pop %ax
  mov $0x3f8,%dx
  out %al,%dx
  jmp say
said:
  ret
text: .asciz "first disk boots, "

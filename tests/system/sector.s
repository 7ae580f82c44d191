# How each of our machines of one sector begins, and `say`: the text at %si, up to its zero, goes out on the serial line.
.code16
.globl start
start:
  xor %ax,%ax
  mov %ax,%ds
  mov %ax,%es
  mov %ax,%ss
  mov $0x7c00,%sp
  sti
  jmp begin
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
begin:

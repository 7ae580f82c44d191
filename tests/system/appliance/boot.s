# Says on the serial line, again and again, what it is and what stands at the beginning of the second disk.
.include "sector.s"
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
text: .asciz "first disk boots, "

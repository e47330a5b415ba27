// Runs a list of system calls: see stub-x86_64.s for the layout of header and record. The saved registers are
// x19 and x20.
    .text
elf_entry:
    movz    x0, #0x41, lsl #16
entry:
    stp     x19, x20, [x0, #8]
    mov     x20, x0
    add     x19, x0, #80
next:
    ldr     x8, [x19]
    tbnz    x8, #63, done
    ldrb    w9, [x19, #66]
    ldr     x0, [x19, #8]
    tbz     w9, #0, 1f
    ldr     x0, [x0]
1:  ldr     x1, [x19, #16]
    tbz     w9, #1, 1f
    ldr     x1, [x1]
1:  ldr     x2, [x19, #24]
    tbz     w9, #2, 1f
    ldr     x2, [x2]
1:  ldr     x3, [x19, #32]
    tbz     w9, #3, 1f
    ldr     x3, [x3]
1:  ldr     x4, [x19, #40]
    tbz     w9, #4, 1f
    ldr     x4, [x4]
1:  ldr     x5, [x19, #48]
    tbz     w9, #5, 1f
    ldr     x5, [x5]
1:  svc     #0
    str     x0, [x19, #56]
    cmn     x0, #4095
    b.hs    failed
    ldrb    w9, [x19, #67]
    tbnz    w9, #1, skip
    tbz     w9, #0, advance
    cbz     x0, advance
skip:
    ldrh    w9, [x19, #64]
    mov     x10, #80
    madd    x19, x9, x10, x19
advance:
    add     x19, x19, #80
    b       next
failed:
    neg     x0, x0
    ldr     x9, [x19, #72]
    cmp     x0, #63
    csel    x0, x0, xzr, ls
    lsr     x9, x9, x0
    tbnz    w9, #0, skip
    str     x19, [x20, #24]
    ldr     x19, [x20]
    b       next
done:
    ldp     x19, x20, [x20, #8]
    ret

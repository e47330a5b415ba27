# Runs a list of system calls. The bytes of this file stand in Stub.java; a test compares them.
#
# header (80 bytes)                       record (80 bytes)
#    0  record to go on with after           0  number of the call; negative: return
#       a failure                            8  six arguments
#    8  saved rbx, rbp                      56  result
#   24  record that failed, 0: none         64  16 bits: how many records a skip leaves out
#                                           66  bit n: argument n is the address of its value
#                                           67  bit 0: skip when the result is positive (the parent of a clone)
#                                               bit 1: skip after any success
#                                           72  bit e: errno e is not a failure but a skip; bit 0: any above 63
#
# Nothing is pushed: the child of clone(CLONE_VM | CLONE_VFORK) runs on its parent's stack.
    .text
elf_entry:                      # the program in its memfd: its header has a fixed address
    mov     $0x410000, %edi
entry:                          # called with the address of the header in rdi
    mov     %rbx, 8(%rdi)
    mov     %rbp, 16(%rdi)
    mov     %rdi, %rbp
    lea     80(%rdi), %rbx
next:
    mov     (%rbx), %rax
    test    %rax, %rax
    js      done
    mov     8(%rbx), %rdi
    testb   $1, 66(%rbx)
    jz      1f
    mov     (%rdi), %rdi
1:  mov     16(%rbx), %rsi
    testb   $2, 66(%rbx)
    jz      1f
    mov     (%rsi), %rsi
1:  mov     24(%rbx), %rdx
    testb   $4, 66(%rbx)
    jz      1f
    mov     (%rdx), %rdx
1:  mov     32(%rbx), %r10
    testb   $8, 66(%rbx)
    jz      1f
    mov     (%r10), %r10
1:  mov     40(%rbx), %r8
    testb   $16, 66(%rbx)
    jz      1f
    mov     (%r8), %r8
1:  mov     48(%rbx), %r9
    testb   $32, 66(%rbx)
    jz      1f
    mov     (%r9), %r9
1:  syscall
    mov     %rax, 56(%rbx)
    cmp     $-4095, %rax
    jae     failed
    testb   $2, 67(%rbx)
    jnz     skip
    testb   $1, 67(%rbx)
    jz      advance
    test    %rax, %rax
    jz      advance
skip:
    movzwl  64(%rbx), %ecx
    imul    $80, %rcx, %rcx
    add     %rcx, %rbx
advance:
    add     $80, %rbx
    jmp     next
failed:
    neg     %rax
    mov     72(%rbx), %rcx
    cmp     $63, %rax
    jbe     1f
    xor     %eax, %eax
1:  bt      %rax, %rcx
    jc      skip
    mov     %rbx, 24(%rbp)
    mov     (%rbp), %rbx
    jmp     next
done:
    mov     8(%rbp), %rbx
    mov     16(%rbp), %rbp
    ret

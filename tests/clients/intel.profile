# An Intel GPU whose driver's answers are those that stand-in/ understands.
# umd_private is struct intel_adapter of stand-in/intel-structs.h: "INTL", product 37,
# core 18, device 0x46a8, 1 slice, 6 double subslices of 2 x 8 EUs, 7 threads, 3840 KiB,
# 1450 MHz, 19.2 MHz, 8208 MiB, 48 bits.

# So that work is not done before somebody waits for it.
paging_delay_us = 5000

[adapter]
like = intel
driver_store = C:\Windows\System32\DriverStore\FileRepository\stand-in
umd_private = 494e544c2500000012000000a846000001000000060000000800000007000000000f0000aa05000000f824011020000030000000

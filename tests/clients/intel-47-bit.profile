# As intel.profile, but one that has no GPU addresses above those of the program: product
# 1210, device 0x4905, 16 MiB, 1550 MHz, 47 bits.
[adapter]
like = intel
description = Intel(R) Iris(R) Xe MAX Graphics
device_id = 0x4905
driver_store = C:\Windows\System32\DriverStore\FileRepository\stand-in
umd_private = 494e544cba040000120000000549000001000000060000000800000007000000004000000e06000000f82401102000002f000000

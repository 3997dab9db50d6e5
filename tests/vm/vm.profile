# The GPU of the virtual machine: with memory that fits into it.
[adapter]
description = DXG Software GPU
local_memory = 256M
nonlocal_memory = 128M

# A machine with little memory, so that a leak checker has little to look at.
[adapter]
local_memory = 64M
nonlocal_memory = 16M

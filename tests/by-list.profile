# A host that takes buffer lists and no page numbers.
map_guest_memory = off
[adapter]
local_memory = 64M
nonlocal_memory = 16M

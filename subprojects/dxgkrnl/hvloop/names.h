/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Other names for what hvloop.ko has of the bus, included before everything else,
 * in it and in the driver: for kernels that have the bus built in (Debian's from
 * 7.x), where a module cannot have functions of the same names.
 */
#ifndef HVLOOP_NAMES_H
#define HVLOOP_NAMES_H

#define __hv_pkt_iter_next		hvloop_pkt_iter_next
#define __vmbus_driver_register		hvloop_vmbus_driver_register
#define hv_pkt_iter_close		hvloop_pkt_iter_close
#define hv_pkt_iter_first		hvloop_pkt_iter_first
#define vmbus_allocate_mmio		hvloop_vmbus_allocate_mmio
#define vmbus_close			hvloop_vmbus_close
#define vmbus_driver_unregister		hvloop_vmbus_driver_unregister
#define vmbus_establish_gpadl		hvloop_vmbus_establish_gpadl
#define vmbus_free_mmio			hvloop_vmbus_free_mmio
#define vmbus_open			hvloop_vmbus_open
#define vmbus_sendpacket		hvloop_vmbus_sendpacket
#define vmbus_teardown_gpadl		hvloop_vmbus_teardown_gpadl

#endif /* HVLOOP_NAMES_H */

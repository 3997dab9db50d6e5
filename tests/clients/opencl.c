/* SPDX-License-Identifier: MIT */
/*
 * Lets an OpenCL driver make all the calls of a small program: memory of each kind, work on
 * it, a kernel, two queues. Prints what each answers, and ends with the first that fails.
 */
#define CL_TARGET_OPENCL_VERSION 300

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <CL/cl.h>
#include <CL/cl_ext.h>

#define SIZE	(1u << 20)
#define SIDE	256u
#define PATTERN	0x12345678u

struct world {
	cl_device_id device;
	cl_context context;
	cl_command_queue queue;
	cl_command_queue background;	/* of low priority, and timed */
	cl_mem buffer;
	cl_mem host;			/* over the program's own pages */
	cl_mem image;
	cl_program program;
	cl_kernel kernel;
	void *shared;			/* with the same address on both sides */
	unsigned char *data;
	unsigned char *back;
};

static void check(const char *what, cl_int result)
{
	printf("%s: %d\n", what, (int)result);
	fflush(stdout);
	if (result)
		exit(1);
}

static void open_device(struct world *w)
{
	cl_platform_id platform;
	char name[100];

	check("clGetPlatformIDs", clGetPlatformIDs(1, &platform, NULL));
	check("clGetDeviceIDs", clGetDeviceIDs(platform, CL_DEVICE_TYPE_GPU, 1, &w->device,
					       NULL));
	check("clGetDeviceInfo", clGetDeviceInfo(w->device, CL_DEVICE_NAME, sizeof(name),
						 name, NULL));
	printf("%s\n", name);
}

static void make_queues(struct world *w)
{
	const cl_queue_properties low[] = {
		CL_QUEUE_PRIORITY_KHR, CL_QUEUE_PRIORITY_LOW_KHR,
		CL_QUEUE_PROPERTIES, CL_QUEUE_PROFILING_ENABLE, 0,
	};
	cl_int result;

	w->context = clCreateContext(NULL, 1, &w->device, NULL, NULL, &result);
	check("clCreateContext", result);
	w->queue = clCreateCommandQueueWithProperties(w->context, w->device, NULL, &result);
	check("clCreateCommandQueue", result);
	w->background = clCreateCommandQueueWithProperties(w->context, w->device, low, &result);
	check("clCreateCommandQueue (low priority)", result);
}

static void make_memory(struct world *w)
{
	const cl_image_format format = { CL_RGBA, CL_UNORM_INT8 };
	const cl_image_desc desc = {
		.image_type = CL_MEM_OBJECT_IMAGE2D,
		.image_width = SIDE,
		.image_height = SIDE,
	};
	cl_int result;

	w->data = aligned_alloc(4096, SIZE);
	w->back = calloc(1, SIZE);
	if (!w->data || !w->back)
		check("memory", CL_OUT_OF_HOST_MEMORY);
	memset(w->data, 0x5a, SIZE);
	w->buffer = clCreateBuffer(w->context, CL_MEM_READ_WRITE, SIZE, NULL, &result);
	check("clCreateBuffer", result);
	w->host = clCreateBuffer(w->context, CL_MEM_USE_HOST_PTR, SIZE, w->data, &result);
	check("clCreateBuffer (the program's pages)", result);
	w->image = clCreateImage(w->context, CL_MEM_READ_WRITE, &format, &desc, NULL, &result);
	check("clCreateImage", result);
	w->shared = clSVMAlloc(w->context, CL_MEM_READ_WRITE, SIZE, 0);
	check("clSVMAlloc", w->shared ? CL_SUCCESS : CL_OUT_OF_RESOURCES);
}

/* The driver does this with the CPU, in memory that the host has made. */
static void write_and_read(struct world *w)
{
	check("clEnqueueWriteBuffer", clEnqueueWriteBuffer(w->queue, w->buffer, CL_TRUE, 0,
							   SIZE, w->data, 0, NULL, NULL));
	check("clEnqueueReadBuffer", clEnqueueReadBuffer(w->queue, w->buffer, CL_TRUE, 0,
							 SIZE, w->back, 0, NULL, NULL));
	check("what was written is read", memcmp(w->data, w->back, SIZE) != 0);
}

static void fill_and_copy(struct world *w)
{
	const size_t origin[3] = { 0 }, region[3] = { SIDE, SIDE, 1 };
	const cl_uint pattern = PATTERN;
	cl_event timed;

	check("clEnqueueFillBuffer", clEnqueueFillBuffer(w->queue, w->buffer, &pattern,
							 sizeof(pattern), 0, SIZE, 0, NULL,
							 NULL));
	check("clFinish", clFinish(w->queue));
	check("clEnqueueCopyBuffer", clEnqueueCopyBuffer(w->queue, w->host, w->buffer, 0, 0,
							 SIZE, 0, NULL, NULL));
	check("clEnqueueWriteImage", clEnqueueWriteImage(w->queue, w->image, CL_TRUE, origin,
							 region, 0, 0, w->data, 0, NULL,
							 NULL));
	check("clEnqueueSVMMemcpy", clEnqueueSVMMemcpy(w->queue, CL_TRUE, w->shared, w->data,
						       SIZE, 0, NULL, NULL));
	check("clEnqueueCopyBuffer (low priority)",
	      clEnqueueCopyBuffer(w->background, w->host, w->buffer, 0, 0, SIZE, 0, NULL,
				  &timed));
	check("clFinish (low priority)", clFinish(w->background));
	check("clReleaseEvent", clReleaseEvent(timed));
}

static void run_kernel(struct world *w)
{
	const char *source = "kernel void add(global int *a, int n)\n"
			     "{ a[get_global_id(0)] += n; }\n";
	const size_t items = SIZE / sizeof(cl_int);
	const cl_int more = 5;
	cl_int result;

	w->program = clCreateProgramWithSource(w->context, 1, &source, NULL, &result);
	check("clCreateProgramWithSource", result);
	check("clBuildProgram", clBuildProgram(w->program, 1, &w->device, "", NULL, NULL));
	w->kernel = clCreateKernel(w->program, "add", &result);
	check("clCreateKernel", result);
	check("clSetKernelArg", clSetKernelArg(w->kernel, 0, sizeof(w->buffer), &w->buffer));
	check("clSetKernelArg", clSetKernelArg(w->kernel, 1, sizeof(more), &more));
	check("clEnqueueNDRangeKernel", clEnqueueNDRangeKernel(w->queue, w->kernel, 1, NULL,
							       &items, NULL, 0, NULL, NULL));
	check("clFinish", clFinish(w->queue));
}

static void release(struct world *w)
{
	check("clReleaseKernel", clReleaseKernel(w->kernel));
	check("clReleaseProgram", clReleaseProgram(w->program));
	clSVMFree(w->context, w->shared);
	check("clReleaseMemObject", clReleaseMemObject(w->image));
	check("clReleaseMemObject", clReleaseMemObject(w->host));
	check("clReleaseMemObject", clReleaseMemObject(w->buffer));
	check("clReleaseCommandQueue", clReleaseCommandQueue(w->background));
	check("clReleaseCommandQueue", clReleaseCommandQueue(w->queue));
	check("clReleaseContext", clReleaseContext(w->context));
	free(w->back);
	free(w->data);
}

int main(void)
{
	struct world world = { .device = NULL };

	open_device(&world);
	make_queues(&world);
	make_memory(&world);
	write_and_read(&world);
	fill_and_copy(&world);
	run_kernel(&world);
	release(&world);
	return 0;
}

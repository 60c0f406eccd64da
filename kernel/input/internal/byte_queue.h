/*
 * byte_queue.h - passes bytes from an interrupt handler to the code that it interrupts.
 *
 * One side pushes, the other pops; each writes only its own index, so neither
 * needs to disable interrupts.  A full queue drops new bytes and counts them.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_INTERNAL_BYTE_QUEUE_H
#define FIRSTLIGHT_KERNEL_INPUT_INTERNAL_BYTE_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

/* A queue over `array`, whose size is a power of two. */
#define BYTE_QUEUE(array) ((struct byte_queue){.bytes = (array), .size = sizeof(array)})

struct byte_queue {
    uint8_t *bytes;
    uint32_t size;
    uint32_t pushed; /* both only ever increase; their difference is the number of queued bytes */
    uint32_t popped;
    uint32_t lost; /* bytes dropped because the queue was full */
};

/* The handler's side. */
static inline void byte_queue_push(struct byte_queue *queue, uint8_t byte)
{
    uint32_t popped = __atomic_load_n(&queue->popped, __ATOMIC_ACQUIRE);

    if (queue->pushed - popped == queue->size) {
        __atomic_store_n(&queue->lost, queue->lost + 1, __ATOMIC_RELEASE);
        return;
    }
    queue->bytes[queue->pushed % queue->size] = byte;
    __atomic_store_n(&queue->pushed, queue->pushed + 1, __ATOMIC_RELEASE);
}

/* The reader's side: the oldest byte, or -1. */
static inline int byte_queue_pop(struct byte_queue *queue)
{
    uint32_t pushed = __atomic_load_n(&queue->pushed, __ATOMIC_ACQUIRE);

    if (pushed == queue->popped)
        return -1;

    uint8_t byte = queue->bytes[queue->popped % queue->size];

    __atomic_store_n(&queue->popped, queue->popped + 1, __ATOMIC_RELEASE);
    return byte;
}

static inline bool byte_queue_is_empty(const struct byte_queue *queue)
{
    return __atomic_load_n(&queue->pushed, __ATOMIC_ACQUIRE) == queue->popped;
}

static inline uint32_t byte_queue_lost(const struct byte_queue *queue)
{
    return __atomic_load_n(&queue->lost, __ATOMIC_ACQUIRE);
}

#endif

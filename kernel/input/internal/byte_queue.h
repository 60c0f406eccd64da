/*
 * byte_queue.h - from an interrupt handler to the code that it interrupts.
 *
 * One side puts, the other takes; each writes its own index only, so that
 * neither needs to disable interrupts.  A full queue drops what comes and
 * counts it.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_INTERNAL_BYTE_QUEUE_H
#define FIRSTLIGHT_KERNEL_INPUT_INTERNAL_BYTE_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

/* A queue over `array`, whose size is a power of two. */
#define BYTE_QUEUE(array) {.bytes = (array), .size = sizeof(array)}

struct byte_queue {
    uint8_t *bytes;
    uint32_t size;
    uint32_t put;   /* both count on for ever; their difference is what is in the queue */
    uint32_t taken;
    uint32_t lost;  /* bytes that found no room */
};

/* The handler's side. */
static inline void byte_queue_put(struct byte_queue *queue, uint8_t byte)
{
    uint32_t taken = __atomic_load_n(&queue->taken, __ATOMIC_ACQUIRE);

    if (queue->put - taken == queue->size) {
        __atomic_store_n(&queue->lost, queue->lost + 1, __ATOMIC_RELEASE);
        return;
    }
    queue->bytes[queue->put % queue->size] = byte;
    __atomic_store_n(&queue->put, queue->put + 1, __ATOMIC_RELEASE);
}

/* The reader's side: the oldest byte, or -1. */
static inline int byte_queue_take(struct byte_queue *queue)
{
    uint32_t put = __atomic_load_n(&queue->put, __ATOMIC_ACQUIRE);

    if (put == queue->taken)
        return -1;

    uint8_t byte = queue->bytes[queue->taken % queue->size];

    __atomic_store_n(&queue->taken, queue->taken + 1, __ATOMIC_RELEASE);
    return byte;
}

static inline bool byte_queue_is_empty(const struct byte_queue *queue)
{
    return __atomic_load_n(&queue->put, __ATOMIC_ACQUIRE) == queue->taken;
}

static inline uint32_t byte_queue_lost(const struct byte_queue *queue)
{
    return __atomic_load_n(&queue->lost, __ATOMIC_ACQUIRE);
}

#endif

import type { Span } from "../../db/batches.ts";
import { isUnreachable } from "../../db/unreachable.ts";
import { errorLine } from "../log.ts";
import type { JobQueue } from "./job-queue.ts";
import { giveUp, type Workshop, workOff } from "./work-off.ts";

/** As much of Cloudflare Queues as is needed. */
export interface QueueBinding {
  sendBatch(messages: readonly { readonly body: Span }[]): Promise<unknown>;
}

export interface QueueMessage {
  readonly body: Span;
  ack(): void;
  retry(options: { readonly delaySeconds: number }): void;
}

export interface MessageBatch {
  readonly queue: string;
  readonly messages: readonly QueueMessage[];
}

/** Jobs kept by Cloudflare. */
export function cloudflareQueue(binding: QueueBinding): JobQueue {
  return {
    // A Worker that is ended at its limit of CPU time has little to do again.
    itemsMax: 5,
    async enqueue(jobs) {
      for (let first = 0; first < jobs.length; first += messagesMax) {
        await binding.sendBatch(jobs.slice(first, first + messagesMax).map((body) => ({ body })));
      }
    },
  };
}

/** In one call: https://developers.cloudflare.com/queues/platform/limits/ */
const messagesMax = 100;

/** What the queue delivers is worked off; what it has given up is so here too. */
export async function consume({ queue, messages }: MessageBatch, workshop: Workshop): Promise<void> {
  for (const message of messages) {
    try {
      if (queue.endsWith(deadLetterSuffix)) await giveUp(message.body, workshop);
      else await workOff(message.body, workshop);
      message.ack();
    } catch (error) {
      if (error instanceof Error && !isUnreachable(error)) workshop.log(errorLine(error, "batches"));
      message.retry({ delaySeconds: retrySeconds });
    }
  }
}

const deadLetterSuffix = "-given-up";
const retrySeconds = 10;

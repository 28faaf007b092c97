import { z } from "@hono/zod-openapi";

export const decimal = (description: string) =>
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .openapi({ description, format: "decimal", example: "118.2016" });

export const money = (description: string) =>
  z
    .string()
    .regex(/^-?\d+\.\d{2}$/)
    .openapi({ description, example: "118.20" });

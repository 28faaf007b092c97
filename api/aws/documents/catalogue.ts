import type { DocumentFormat } from "../../core/model/document.ts";
import { clusterSettingsFormat } from "./cluster-settings.ts";
import { loadsFormat } from "./loads.ts";
import { manifestFormat } from "./manifest.ts";
import { rateCardFormat } from "./rate-card.ts";
import { runFormat } from "./run.ts";
import { serviceFormat } from "./service.ts";
import { taskDefinitionFormat } from "./task-definition.ts";
import { usageFormat } from "./usage.ts";

/** Every kind of document that can be read; a value in a file of its own is what the first to recognise it says. */
export const documentFormats: readonly DocumentFormat[] = [
  taskDefinitionFormat,
  serviceFormat,
  runFormat,
  manifestFormat,
  loadsFormat,
  clusterSettingsFormat,
  rateCardFormat,
  usageFormat,
];

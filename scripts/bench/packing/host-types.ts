import { catalogue } from "../../../api/aws/catalogue.ts";
import { documentFormats } from "../../../api/aws/documents/catalogue.ts";
import { ec2 } from "../../../api/aws/launch-types/ec2.ts";
import type { HostType } from "../../../api/core/model/placement.ts";
import type { PriceBook } from "../../../api/core/model/price-book.ts";
import { parse } from "../../../api/core/parsing/parse.ts";
import { pricedHosts } from "../../../api/core/priced-hosts.ts";

/** EC2 instance types on demand, with what they cost and hold, as a comparison sees them; network interfaces with trunking. */
export function benchHostTypes(book: PriceBook): readonly HostType[] {
  const request = {
    region: book.region,
    taskDefinitions: [{ family: "one", containerDefinitions: [{ name: "one", cpu: 256, memory: 512 }] }],
    cluster: { awsvpcTrunking: true },
  };
  const parsed = parse(request, documentFormats);
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => problem.message).join("\n"));
  const { hostTypes, problems } = pricedHosts(ec2, parsed.value, { book, catalogue });
  if (problems.length > 0) throw new Error(problems.map((problem) => problem.message).join("\n"));
  return hostTypes;
}

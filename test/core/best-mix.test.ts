import { describe, expect, test } from "vitest";
import { bundledBooks } from "./bundled-books.ts";
import { comparisonOf, optionOf } from "./comparison-of.ts";

const [virginia, frankfurt] = await bundledBooks("us-east-1", "eu-central-1");

describe("the best mix", () => {
  test("puts 60 tasks of 0.25 vCPU on instances and an interruptible one of 16 vCPU on Fargate Spot", () => {
    const services = [aService("many", 60), aService("big", 1, { interruptible: true, cpu: "16384", memory: "32768" })];

    const mixed = mixOf(services, { cluster: { awsvpcTrunking: true } });

    expect(mixed).toMatchObject({ many: "ec2", big: "fargate-spot", problems: [] });
  });

  test("has room for a service without tasks: it costs nothing and stops nothing", () => {
    const alone = mixOf([aService("web", 2)]);

    expect(mixOf([aService("web", 2), aService("off", 0)])).toMatchObject({ total: alone.total });
    expect(mixOf([aService("off", 0)])).toMatchObject({ total: "0", problems: [] });
  });

  test("has room for a daemon alone, which without instances costs nothing", () => {
    expect(mixOf([aService("log", 1, { daemon: true })])).toMatchObject({ total: "0", problems: [] });
  });

  test("does not spare a daemon by splitting instances: it is on all, on demand and on Spot", () => {
    const host = { networkMode: "host" };
    const services = [
      aService("fixed", 3, host),
      aService("movable", 60, { ...host, interruptible: true }),
      aService("log", 1, { ...host, daemon: true }),
    ];

    const { fleet, runs } = optionOf(comparisonOf(requestOf(services), virginia), "mixed");

    expect(new Set(runs.map(({ launchType }) => launchType))).toEqual(new Set(["ec2", "ec2-spot"]));
    expect(fleet?.length).toBeGreaterThan(1);
    expect(fleet?.filter(({ tasks }) => !tasks.some(({ service }) => service === "log"))).toEqual([]);
  });

  test("takes no estimated price: in eu-central-1, where EC2 Spot has no other, an interruptible service is not put on it", () => {
    const services = [aService("many", 60, { interruptible: true })];
    const comparison = comparisonOf(requestOf(services, { region: "eu-central-1" }), frankfurt);

    expect(optionOf(comparison, "ec2-spot").charges.some(({ price }) => price.estimated)).toBe(true);
    expect(optionOf(comparison, "mixed").charges.some(({ price }) => price.estimated)).toBe(false);
  });

  test("leaves a service on Fargate though another one's storage has no price there: eu-central-1", () => {
    const services = [aService("plain", 1), aService("fat", 1, { ephemeralStorage: { sizeInGiB: 30 } })];

    const mixed = mixOf(services, { region: "eu-central-1" });

    expect(mixed).toMatchObject({ plain: "fargate", fat: "ec2", problems: [] });
  });

  test("uses instances for one service though another one fits on none that is allowed", () => {
    const services = [
      aService("big", 1, { cpu: "4096", memory: "8192" }),
      aService("host", 1, { networkMode: "host" }),
    ];

    const mixed = mixOf(services, { cluster: { instanceTypes: ["c5.large"] } });

    expect(mixed).toMatchObject({ big: "fargate", host: "ec2", problems: [] });
  });

  test("is refused by name where a service runs on nothing", () => {
    const windowsOnHost = {
      networkMode: "host",
      runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" },
    };

    const { problems } = mixOf([aService("web", 1), aService("odd", 1, windowsOnHost)]);

    expect(problems.map(({ code, path }) => [code, path])).toEqual([["no_launch_type", "services[1]"]]);
  });
});

interface Asked {
  readonly name: string;
  readonly definition: object;
  readonly service: object;
}

/** Tasks of 0.25 vCPU and 512 MiB, unless `fields` of the definition say otherwise. */
function aService(
  name: string,
  desiredCount: number,
  { daemon, interruptible, ...fields }: { daemon?: boolean; interruptible?: boolean; [field: string]: unknown } = {},
): Asked {
  const sizes = { cpu: "256", memory: "512", networkMode: "awsvpc", runtimePlatform: { cpuArchitecture: "X86_64" } };
  const schedulingStrategy = daemon ? "DAEMON" : "REPLICA";
  return {
    name,
    definition: { family: name, ...sizes, containerDefinitions: [{ name }], ...fields },
    service: {
      serviceName: name,
      taskDefinition: name,
      desiredCount,
      schedulingStrategy,
      interruptible: interruptible ?? false,
    },
  };
}

function requestOf(asked: readonly Asked[], fields: object = {}) {
  const taskDefinitions = asked.map(({ definition }) => definition);
  return { region: "us-east-1", taskDefinitions, services: asked.map(({ service }) => service), ...fields };
}

/** Where each service runs in the mix, its total and problems. */
function mixOf(asked: readonly Asked[], fields: { region?: string; cluster?: object } = {}) {
  const book = fields.region === "eu-central-1" ? frankfurt : virginia;
  const { total, problems, runs } = optionOf(comparisonOf(requestOf(asked, fields), book), "mixed");
  const placed = Object.fromEntries(runs.map(({ service, launchType }) => [service, launchType]));
  return { ...placed, total: total?.toFixed(), problems };
}

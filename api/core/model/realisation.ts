/** What makes the orchestrator run a fleet that it would not choose itself. */
export interface Realisation {
  readonly capacityProviders: readonly {
    readonly name: string;
    readonly instanceType: string;
    readonly count: number;
    readonly zones: number;
  }[];
  readonly services: readonly {
    readonly service: string;
    readonly capacityProviderStrategy: readonly { readonly capacityProvider: string; readonly weight: number }[];
    readonly placementStrategy: readonly { readonly type: string; readonly field: string }[];
  }[];
  /** Why the orchestrator would not take it as it is. */
  readonly obstacles: readonly string[];
}

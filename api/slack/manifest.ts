/**
 * The app as Slack takes it, for the server at this address: https://docs.slack.dev/reference/app-manifest. It may be commanded, and
 * nothing else: it reads no messages, and posts where it was asked alone.
 */
export function manifest(url: string): object {
  return {
    display_information: {
      name: "Stowage",
      description: "What ECS services cost on Fargate, Fargate Spot and EC2, and which to run",
      background_color: "#1d3557",
    },
    features: {
      slash_commands: [
        {
          command: "/stowage",
          url: `${url}/slack/commands`,
          description: "What would it cost?",
          usage_hint: "help | list | shop | 6x 0.5vcpu 1gb",
          should_escape: false,
        },
      ],
    },
    oauth_config: { scopes: { bot: ["commands"] } },
    settings: {
      interactivity: { is_enabled: true, request_url: `${url}/slack/interactions` },
      org_deploy_enabled: false,
      socket_mode_enabled: false,
      token_rotation_enabled: false,
    },
  };
}

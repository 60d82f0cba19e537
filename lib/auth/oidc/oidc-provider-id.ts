/** What better-auth calls the one provider that the settings name; it is part of the address that the provider sends people back to. */
export const oidcProviderId = "oidc";

using Microsoft.Playwright;

namespace Atrium.Browser.Tests;

/// <summary>An authenticator that Chromium pretends to have (WebAuthn domain of its protocol).</summary>
internal sealed class VirtualAuthenticator(ICDPSession session, string id)
{
    public static async Task<VirtualAuthenticator> PlugInAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var answer = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return new(session, answer!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>Whether somebody touches it when it asks.</summary>
    public Task AnswerAsync(bool enabled) =>
        session.SendAsync("WebAuthn.setAutomaticPresenceSimulation", new() { ["authenticatorId"] = id, ["enabled"] = enabled });
}

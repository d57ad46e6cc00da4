using Atrium.Social;
using Atrium.Testing;

[assembly: AssemblyFixture(typeof(Atrium.Browser.Tests.SocialBrowserHouse))]

namespace Atrium.Browser.Tests;

/// <summary>A house with the room of Social, as browsers see it.</summary>
public sealed class SocialBrowserHouse() : TestHouse(new SocialModule())
{
    public static async Task<string> PostAsync(Person by, string text, string visibility = "public") => (await by.PostAsync("/api/v1/statuses", new { status = text, visibility })).Ok()["id"];
}

using Atrium.Kernel;
using Atrium.Testing;

namespace Atrium.Web.Tests;

/// <summary>Somebody to look at pages as; the frame needs no account behind them.</summary>
internal static class Members
{
    public static Person Ada(WebHouse house) => new(house, Id<Member>.New(), "ada", Role.Administrator, "Europe/Berlin", "en");
}

using System.Net;
using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests;

public sealed class SetupTests(ModeHouse house) : IClassFixture<ModeHouse>
{
    [Fact]
    public async Task The_set_up_link_makes_the_first_administrator_once()
    {
        var old = (await AccountsModule.SetupLinkAsync(house.Services, CancellationToken.None))!.PathAndQuery;
        var link = (await AccountsModule.SetupLinkAsync(house.Services, CancellationToken.None))!.PathAndQuery;
        using var surfer = house.Surfer();
        (await surfer.PageAsync(old)).Is(HttpStatusCode.NotFound);
        Assert.Contains("Open the house", (await surfer.PageAsync(link)).Ok().Body);
        (string, string)[] Form(string handle) => [("house_name", "Lindenau"), ("handle", handle), ("name", "First"), ("email", $"{handle}@example.org"), ("password", Person.Password), ("time_zone", "Europe/Berlin")];
        (await surfer.FormAsync(link, ("house_name", "Lindenau"), ("handle", "first"))).Is(HttpStatusCode.UnprocessableEntity);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
        {
            using var one = house.Surfer();
            return await one.FormAsync(link, Form($"first{i}"));
        }));
        Assert.Single(answers, a => a.Status == HttpStatusCode.SeeOther);
        Assert.Null(await AccountsModule.SetupLinkAsync(house.Services, CancellationToken.None));
        (await surfer.PageAsync(link)).Is(HttpStatusCode.NotFound);
        var members = await house.InScopeAsync(async s => await s.GetRequiredService<IMembers>().WithRoleAsync(Role.Administrator, CancellationToken.None));
        Assert.Single(members);
    }
}

public sealed class DemoTests(ModeHouse house) : IClassFixture<ModeHouse>
{
    [Fact]
    public async Task The_demo_fills_an_empty_house_once_and_ada_runs_it()
    {
        await FillAsync();
        await FillAsync();
        using var ada = house.Surfer();
        (await ada.SignInAsync("ada", "atrium-demo")).LedTo("/");
        var members = (await ada.GetAsync("/api/accounts/admin/members?limit=100")).Ok().Json.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("handle").GetString()).ToList();
        Assert.Equal(["jonas", "ines", "hugo", "greta", "farah", "emine", "dmitri", "cleo", "ben", "ada"], members.TakeLast(10));
        Assert.Equal(60, members.Distinct().Count());
        Assert.Contains("Lindenau", (await ada.PageAsync("/groups")).Ok().Body);
        Assert.Contains("Emine Yıldız", WebUtility.HtmlDecode((await ada.PageAsync("/groups/market_crew")).Ok().Body));
        Assert.Contains("Founded the co-op", (await ada.PageAsync("/@ada")).Ok().Body);
    }

    private Task<bool> FillAsync() => house.InScopeAsync(async s =>
    {
        foreach (var demo in s.GetServices<IDemoData>().OrderBy(d => d.Order)) await demo.FillAsync(CancellationToken.None);
        return true;
    });
}

using System.Net;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Search;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Home.Tests;

public sealed class SearchTests(HomeHouse house)
{
    [Fact]
    public async Task Only_what_one_may_see_is_found_and_counted()
    {
        var (ada, ben) = (await house.PersonAsync(), await house.PersonAsync());
        await IndexAsync("Zwetschgenkuchen for all", Audience.Public);
        await IndexAsync("Zwetschgenkuchen for members", Audience.Members);
        await IndexAsync("Zwetschgenkuchen of Ada", Audience.Only(ada.Id));
        Assert.Equal(3, await CountAsync(ada));
        Assert.Equal(2, await CountAsync(ben));
        Assert.Equal(1, await CountAsync(house.Stranger()));
        var page = (await ben.PageAsync("/search?q=Zwetschgenkuchen")).Ok();
        Assert.DoesNotContain("of Ada", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hit_with_markup_in_its_title_is_shown_as_text()
    {
        var ada = await house.PersonAsync();
        await IndexAsync("<img src=x onerror=alert(1)> Quittengelee", Audience.Members);
        var page = (await ada.PageAsync("/search?q=Quittengelee")).Ok();
        Assert.DoesNotContain("<img src=x", page.Body, StringComparison.Ordinal);
        Assert.Contains("&lt;img", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exact_key_leads_straight_to_its_thing()
    {
        var ada = await house.PersonAsync();
        var href = await IndexAsync("OVEN-17 Buy a new stone", Audience.Members);
        await IndexAsync("OVEN-170 Something else", Audience.Members);
        var answer = (await ada.PageAsync("/search?q=oven-17")).Is(HttpStatusCode.SeeOther);
        Assert.Equal(href, answer.Headers["Location"]);
    }

    [Fact]
    public async Task The_palette_offers_pages_people_and_things()
    {
        var ada = await house.PersonAsync("adele");
        await IndexAsync("Adelbert plum tree", Audience.Members);
        var kinds = (await ada.GetAsync("/api/home/palette?q=adel")).Ok().Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("kind").GetString()).ToHashSet();
        Assert.Contains("person", kinds);
        Assert.Contains("thing", kinds);
        Assert.DoesNotContain("/admin", (await ada.GetAsync("/api/home/palette?q=adm")).Body, StringComparison.Ordinal);
        (await house.Stranger().GetAsync("/api/home/palette?q=a")).Is(HttpStatusCode.Unauthorized);
    }

    private static async Task<int> CountAsync(Caller caller)
    {
        var answer = (await caller.GetAsync("/api/home/search?q=zwetschgenk")).Ok().Json;
        Assert.Equal(answer.GetProperty("items").GetArrayLength(), answer.GetProperty("rooms").GetProperty("sample").GetInt32());
        return answer.GetProperty("items").GetArrayLength();
    }

    private async Task<string> IndexAsync(string title, Audience audience)
    {
        var thing = house.Sample.Add(title, audience);
        var href = house.Sample.Cards[thing.Key].Href;
        await house.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<KernelDb>();
            await db.WriteAsync(
                ct => services.GetRequiredService<ISearch>().IndexAsync(db, [new SearchDocument(thing, "sample", audience, title, "A body of words.", href, TimeProvider.System.GetUtcNow(), [])], ct),
                CancellationToken.None);
            return true;
        });
        return href;
    }
}

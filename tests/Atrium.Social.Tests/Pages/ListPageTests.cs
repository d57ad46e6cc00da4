using System.Net;
using Atrium.Testing;

namespace Atrium.Social.Tests;

/// <summary>Lists by pages and by apps: the same lists.</summary>
public sealed class ListPageTests(SocialHouse house)
{
    [Fact]
    public async Task A_list_made_on_the_page_is_read_filled_and_deleted_there_and_in_apps()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        await ada.FollowAsync(ben);
        var made = (await ada.FormAsync("/social/lists", ("title", "Neighbours"))).Is(HttpStatusCode.SeeOther).Headers["Location"];
        var address = made[..^"/edit".Length];
        var id = (await ada.GetAsync("/api/v1/lists")).Ok().Json[0].GetProperty("id").GetString();
        Assert.Equal($"/social/lists/{id}", address);

        var offered = (await ada.PageAsync(made)).Is(HttpStatusCode.OK).Body;
        Assert.Contains($"@{ben.Handle}", offered, StringComparison.Ordinal);
        Assert.DoesNotContain($"@{cleo.Handle}", offered, StringComparison.Ordinal);
        Assert.Contains($"@{ben.Handle}", (await ada.PageAsync($"{made}?q={ben.Handle}")).Body, StringComparison.Ordinal);

        (await ada.FormAsync($"{address}/people", ("act", "put"), ("account", await cleo.AccountIdAsync()))).Is(HttpStatusCode.NotFound);
        (await ada.FormAsync($"{address}/people", ("act", "put"), ("account", await ben.AccountIdAsync()))).Is(HttpStatusCode.SeeOther);
        (await ada.FormAsync($"{address}/people", ("act", "put"), ("account", await ben.AccountIdAsync()))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal([await ben.AccountIdAsync()], await ada.IdsAsync($"/api/v1/lists/{id}/accounts"));

        await ben.TootAsync("the gate is mended", "public");
        Assert.Contains("the gate is mended", (await ada.PageAsync(address)).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);

        (await ada.FormAsync($"{address}/edit", ("title", "The lane"), ("replies", "none"), ("exclusive", "true"))).Is(HttpStatusCode.SeeOther);
        var list = (await ada.GetAsync($"/api/v1/lists/{id}")).Ok();
        Assert.Equal(("The lane", "none", "True"), (list["title"], list["replies_policy"], list["exclusive"]));
        (await ada.FormAsync($"{address}/edit", ("title", " "), ("replies", "none"))).Is(HttpStatusCode.UnprocessableEntity);

        await ben.TootAsync("only on the list", "public");
        Assert.Contains("only on the list", (await ada.PageAsync(address)).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("only on the list", (await ada.PageAsync("/social")).Body, StringComparison.Ordinal);

        (await ada.FormAsync($"{address}/people", ("act", "take"), ("account", await ben.AccountIdAsync()))).Is(HttpStatusCode.SeeOther);
        Assert.Empty(await ada.IdsAsync($"/api/v1/lists/{id}/accounts"));
        (await ada.FormAsync($"{address}/delete")).Is(HttpStatusCode.SeeOther);
        (await ada.GetAsync($"/api/v1/lists/{id}")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Nobody_sees_or_changes_the_list_of_another()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var id = (await ada.PostAsync("/api/v1/lists", new { title = "Secret plans" })).Ok()["id"];
        (await ben.PageAsync($"/social/lists/{id}")).Is(HttpStatusCode.NotFound);
        (await ben.PageAsync($"/social/lists/{id}/edit")).Is(HttpStatusCode.NotFound);
        (await ben.FormAsync($"/social/lists/{id}/edit", ("title", "Mine"), ("replies", "none"))).Is(HttpStatusCode.NotFound);
        (await ben.FormAsync($"/social/lists/{id}/people", ("act", "put"), ("account", await ada.AccountIdAsync()))).Is(HttpStatusCode.NotFound);
        (await ben.FormAsync($"/social/lists/{id}/delete")).Is(HttpStatusCode.NotFound);
        Assert.DoesNotContain("Secret plans", (await ben.PageAsync("/social/lists")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        (await house.Stranger().PageAsync($"/social/lists/{id}")).Is(HttpStatusCode.Found);
        Assert.Equal("Secret plans", (await ada.GetAsync($"/api/v1/lists/{id}")).Ok()["title"]);
    }
}

using System.Net;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Social.Tests.Federation;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>What is read in Social is read in the inbox, and the other way round.</summary>
[Collection(FederationCollection.Name)]
public sealed class ReadSyncTests(TwoHouses houses)
{
    [Fact]
    public async Task Looking_at_notifications_reads_them_in_the_inbox_and_leaves_other_rooms_alone()
    {
        var (ada, ben) = (await houses.North.PersonAsync("ada"), await houses.North.PersonAsync("ben"));
        await ben.TootAsync($"@{ada.Handle} are you there?", "public");
        var subject = $"account:{await ben.AccountIdAsync()}";
        await houses.North.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<SocialDb>();
            await db.WriteAsync(
                _ =>
                {
                    db.Publish(new NotificationRaised("group.invited", [ada.Id], Thing.Parse(subject), ben.Id, "You are invited", Href: "/groups"));
                    return Task.CompletedTask;
                },
                CancellationToken.None);
            return true;
        });
        await houses.North.DrainAsync();
        Assert.Equal(2, await UnreadAsync(ada));
        (await ada.PageAsync("/social/notifications")).Is(HttpStatusCode.OK);
        await houses.North.DrainAsync();
        // The invitation of another room is still to be read.
        Assert.Equal(1, await UnreadAsync(ada));
    }

    [Fact]
    public async Task An_app_that_marks_part_of_them_leaves_the_rest_unread()
    {
        var (ada, ben, cleo) = (await houses.North.PersonAsync("ada"), await houses.North.PersonAsync("ben"), await houses.North.PersonAsync("cleo"));
        await ben.TootAsync($"@{ada.Handle} first", "public");
        await houses.North.DrainAsync();
        await cleo.TootAsync($"@{ada.Handle} second", "public");
        await houses.North.DrainAsync();
        var notices = await ada.IdsAsync("/api/v1/notifications");
        (await ada.PostAsync("/api/v1/markers", new { notifications = new { last_read_id = notices[1] } })).Ok();
        await houses.North.DrainAsync();
        Assert.Equal(1, await UnreadAsync(ada));
        // A marker that would go back changes nothing.
        (await ada.PostAsync("/api/v1/markers", new { notifications = new { last_read_id = notices[0] } })).Ok();
        (await ada.PostAsync("/api/v1/markers", new { notifications = new { last_read_id = notices[1] } })).Ok();
        await houses.North.DrainAsync();
        Assert.Equal(0, await UnreadAsync(ada));
        Assert.Equal(notices[0], (await ada.GetAsync("/api/v1/markers?timeline[]=notifications")).Ok().Json.GetProperty("notifications").GetProperty("last_read_id").GetString());
    }

    [Fact]
    public async Task Marking_the_inbox_read_moves_the_marker_of_every_app()
    {
        var (ada, ben) = (await houses.North.PersonAsync("ada"), await houses.North.PersonAsync("ben"));
        await ben.TootAsync($"@{ada.Handle} hello", "public");
        await houses.North.DrainAsync();
        (await ada.PutAsync("/api/home/inbox/read", new { })).Ok();
        await houses.North.DrainAsync();
        Assert.Equal(0, (await ada.GetAsync("/api/v1/notifications/unread_count")).Ok().Json.GetProperty("count").GetInt32());
        await ben.TootAsync($"@{ada.Handle} hello again", "public");
        await houses.North.DrainAsync();
        Assert.Equal(1, (await ada.GetAsync("/api/v1/notifications/unread_count")).Ok().Json.GetProperty("count").GetInt32());
    }

    private static async Task<int> UnreadAsync(Person who) => (await who.GetAsync("/api/home/inbox/count")).Ok().Json.GetProperty("unread").GetInt32();
}

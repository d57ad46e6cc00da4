using System.Collections.Concurrent;
using System.Net;
using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Outbox;
using Atrium.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atrium.Social.Tests;

/// <summary>What other rooms hear of posts, comments and hashtags.</summary>
public sealed class RoomTests(HearingHouse house) : IClassFixture<HearingHouse>
{
    [Fact]
    public async Task A_post_is_heard_when_it_is_made_edited_and_gone_once_each_and_its_hashtags_as_they_come()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var id = await ada.TootAsync("Fresh #Bread", "public");
        (await ben.PostAsync($"/api/v1/statuses/{id}/reblog")).Ok();
        (await ada.PutAsync($"/api/v1/statuses/{id}", new { status = "Fresh #bread and #butter" })).Ok();
        (await ada.DeleteAsync($"/api/v1/statuses/{id}")).Ok();
        var inner = await ada.TootAsync("Among us #quiet", audience: "members");
        await house.SettledAsync();
        var (status, kept) = (Thing.Parse("status:" + id), Thing.Parse("status:" + inner));
        Assert.Equal([new(status, ada.Id, Audience.Public)], HearingRoom.Of<StatusPublished>(e => e.Status == status));
        Assert.Equal([new(status, ada.Id, Audience.Public)], HearingRoom.Of<StatusEdited>(e => e.Status == status));
        Assert.Equal([new(status)], HearingRoom.Of<StatusDeleted>(e => e.Status == status));
        Assert.Equal([new("bread", status), new("butter", status)], HearingRoom.Of<HashtagUsed>(e => e.Status == status).OrderBy(e => e.Name));
        Assert.Equal([new(kept, ada.Id, Audience.Members)], HearingRoom.Of<StatusPublished>(e => e.Status == kept));
        Assert.Empty(HearingRoom.Of<HashtagUsed>(e => e.Status == kept));
        // Ben's boost, which went with the post, is no post.
        Assert.Empty(HearingRoom.Of<StatusPublished>(e => e.By == ben.Id));
    }

    [Fact]
    public async Task A_comment_is_heard_when_it_is_hidden_and_shown_again_and_not_when_nothing_changes()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var thing = Bench.Add(ada.Id, Audience.Public);
        var comment = (await ben.PostAsync($"/api/social/discussions/{thing}/comments", new { text = "Ugly" })).Is(HttpStatusCode.Created)["id"];
        for (var i = 0; i < 2; i++) (await ada.PutAsync($"/api/social/comments/{comment}/hiding", new { reason = "Rude" })).Is(HttpStatusCode.NoContent);
        for (var i = 0; i < 2; i++) (await ada.DeleteAsync($"/api/social/comments/{comment}/hiding")).Is(HttpStatusCode.NoContent);
        await house.SettledAsync();
        Assert.Equal([false, true], HearingRoom.Of<CommentHidden>(e => e.Thing == thing && e.Comment.ToString() == comment).Select(e => e.Undone).Order());
        Assert.Equal([ben.Id], HearingRoom.Of<StatusPublished>(e => e.Status == Thing.Parse("status:" + comment)).Select(e => e.By));
    }
}

/// <summary>A house with another room that listens.</summary>
public sealed class HearingHouse() : TestHouse(new SocialModule(), new HearingRoom())
{
    protected override void Configure(IServiceCollection services) => services.AddScoped<Contracts.Home.IThingSource, Bench>();
}

/// <summary>Keeps what it hears, by the delivery that brought it.</summary>
public sealed class HearingRoom : IModule
{
    private static readonly ConcurrentDictionary<Id<OutboxMessage>, object> Heard = new();

    public string Name => "hearing";

    public static IReadOnlyList<T> Of<T>(Func<T, bool> which) => [.. Heard.Values.OfType<T>().Where(which)];

    public void Register(ModuleBuilder module) => module
        .Effect<StatusPublished, Ear>().Effect<StatusEdited, Ear>().Effect<StatusDeleted, Ear>().Effect<CommentHidden, Ear>().Effect<HashtagUsed, Ear>();

    public void Map(IEndpointRouteBuilder app) { }

    private sealed class Ear : IEffect<StatusPublished>, IEffect<StatusEdited>, IEffect<StatusDeleted>, IEffect<CommentHidden>, IEffect<HashtagUsed>
    {
        public Task HandleAsync(StatusPublished happened, Delivery delivery, CancellationToken ct) => Keep(happened, delivery);

        public Task HandleAsync(StatusEdited happened, Delivery delivery, CancellationToken ct) => Keep(happened, delivery);

        public Task HandleAsync(StatusDeleted happened, Delivery delivery, CancellationToken ct) => Keep(happened, delivery);

        public Task HandleAsync(CommentHidden happened, Delivery delivery, CancellationToken ct) => Keep(happened, delivery);

        public Task HandleAsync(HashtagUsed happened, Delivery delivery, CancellationToken ct) => Keep(happened, delivery);

        private static Task Keep(object happened, Delivery delivery)
        {
            Heard[delivery.Id] = happened;
            return Task.CompletedTask;
        }
    }
}

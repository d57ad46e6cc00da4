using System.Net;
using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Tasks.Tests;

/// <summary>A house in which things are talked about.</summary>
public sealed class TalkingHouse() : TestHouse(new TasksModule())
{
    protected override bool WorkersRun => false;

    internal List<DiscussionWanted> Wanted => Services.GetRequiredService<Ear>().Heard;

    internal List<DiscussedThingChanged> Changed => Services.GetRequiredService<Ear>().Changed;

    protected override void Configure(IServiceCollection services)
    {
        services.AddSingleton<Ear>().AddScoped<IDiscussions, Silence>();
        services.AddSingleton(new Subscription(typeof(DiscussionWanted), "tests/Hear", typeof(Hear), null));
        services.AddSingleton(new Subscription(typeof(DiscussedThingChanged), "tests/Hear", typeof(Hear), null));
    }

    internal sealed class Ear
    {
        public List<DiscussionWanted> Heard { get; } = [];

        public List<DiscussedThingChanged> Changed { get; } = [];
    }

    internal sealed class Hear(Ear ear) : IEffect<DiscussionWanted>, IEffect<DiscussedThingChanged>
    {
        public Task HandleAsync(DiscussionWanted happened, Delivery delivery, CancellationToken ct)
        {
            ear.Heard.Add(happened);
            return Task.CompletedTask;
        }

        public Task HandleAsync(DiscussedThingChanged happened, Delivery delivery, CancellationToken ct)
        {
            ear.Changed.Add(happened);
            return Task.CompletedTask;
        }
    }

    /// <summary>Threads in which nobody has said anything.</summary>
    internal sealed class Silence : IDiscussions
    {
        public Task<DiscussionPage?> PageAsync(Thing thing, DiscussionOrder order, Page page, Actor actor, CancellationToken ct) =>
            Task.FromResult<DiscussionPage?>(new(thing, null, DiscussionCounts.None, Closed: false, MayComment: true, MayModerate: false, new([], null)));

        public Task<IReadOnlyDictionary<Thing, DiscussionCounts>> CountsAsync(IReadOnlyCollection<Thing> things, Actor actor, CancellationToken ct) =>
            Task.FromResult<IReadOnlyDictionary<Thing, DiscussionCounts>>(new Dictionary<Thing, DiscussionCounts>());

        public Task EnsureAsync(Thing thing, DiscussionPolicy policy, Actor actor, CancellationToken ct) => throw new NotSupportedException();

        public Task<string> CommentAsync(Thing thing, string text, string? inReplyTo, string? key, Actor actor, CancellationToken ct) => throw new NotSupportedException();

        public Task LikeAsync(Thing thing, bool liked, Actor actor, CancellationToken ct) => throw new NotSupportedException();

        public Task CloseAsync(Thing thing, bool closed, Actor actor, CancellationToken ct) => throw new NotSupportedException();

        public Task HideThreadAsync(Thing thing, bool hidden, Actor actor, CancellationToken ct) => throw new NotSupportedException();

        public Task HideAsync(string comment, bool hidden, string? reason, Actor actor, CancellationToken ct) => throw new NotSupportedException();
    }
}

/// <summary>A task is posted to Social where its author wishes.</summary>
public sealed class AnnounceTests(TalkingHouse house) : IClassFixture<TalkingHouse>
{
    [Fact]
    public async Task Who_may_write_a_task_posts_it_to_Social_and_nobody_else()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var project = (await ada.PostAsync("/api/tasks/projects", new { title = "Fair", visibility = "members" })).Ok()["id"];
        var task = (await ada.PostAsync($"/api/tasks/projects/{project}/tasks", new { title = "Build the stalls" })).Ok();
        var thing = Thing.Parse($"task:{task["id"]}", null);
        Assert.Contains("Post to Social", (await ada.PageAsync(task["href"])).Ok().Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Post to Social", (await ben.PageAsync(task["href"])).Ok().Body, StringComparison.Ordinal);
        (await ben.PutAsync($"/api/tasks/tasks/{task["id"]}/announcement")).Is(HttpStatusCode.Forbidden);
        (await ben.FormAsync($"{task["href"]}/announcement")).Is(HttpStatusCode.Forbidden);
        await house.DrainAsync();
        Assert.Empty(house.Wanted);

        (await ada.FormAsync($"{task["href"]}/announcement")).Is(HttpStatusCode.SeeOther);
        (await ada.PutAsync($"/api/tasks/tasks/{task["id"]}/announcement")).Is(HttpStatusCode.NoContent);
        await house.DrainAsync();
        Assert.Equal([new(thing, ada.Id, new(Announce: true)), new(thing, ada.Id, new(Announce: true))], house.Wanted);
    }

    [Fact]
    public async Task A_new_name_is_told_as_no_more_than_that_and_what_changes_who_sees_it_as_more()
    {
        var ada = await house.PersonAsync("ada");
        var project = (await ada.PostAsync("/api/tasks/projects", new { title = "Fair", visibility = "members" })).Ok()["id"];
        var task = (await ada.PostAsync($"/api/tasks/projects/{project}/tasks", new { title = "Build the stalls" })).Ok();
        var thing = Thing.Parse($"task:{task["id"]}", null);
        await house.DrainAsync();
        house.Changed.Clear();
        var described = (await ada.PatchAsync($"/api/tasks/tasks/{task["id"]}", new { description = "Of wood" }, ("If-Match", task.ETag!))).Ok();
        await house.DrainAsync();
        Assert.Empty(house.Changed);
        (await ada.PatchAsync($"/api/tasks/tasks/{task["id"]}", new { title = "Build the stands" }, ("If-Match", described.ETag!))).Ok();
        await house.DrainAsync();
        Assert.Equal([new(thing, NameAlone: true)], house.Changed);
        (await ada.DeleteAsync($"/api/tasks/tasks/{task["id"]}")).Is(HttpStatusCode.NoContent);
        await house.DrainAsync();
        Assert.Equal([new(thing, NameAlone: true), new(thing)], house.Changed);
    }
}

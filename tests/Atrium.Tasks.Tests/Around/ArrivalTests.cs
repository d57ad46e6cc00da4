using System.Net;
using Atrium.Contracts.Home;
using Atrium.Contracts.Tasks;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Tasks.Tests;

/// <summary>What Tasks tells really arrives at the other rooms: inbox, mail, search, webhooks, and nowhere it must not.</summary>
public sealed class ArrivalTests(QuietHouse house)
{
    [Fact]
    public async Task The_first_of_the_queue_gets_the_freed_place_and_finds_it_in_the_inbox()
    {
        var ada = await house.PersonAsync("host");
        var people = new List<Person>();
        for (var i = 0; i < 10; i++) people.Add(await house.PersonAsync("helper"));
        var club = await ada.ProjectAsync("Club", new { title = "Club", visibility = "members" });
        var task = await ada.TaskAsync(club, "Carry tables", new { title = "Carry tables", places = 7 });
        foreach (var person in people) Assert.True((int)(await person.PostAsync($"/api/tasks/tasks/{task.Id}/places/me", new { })).Status < 300);
        Assert.Equal(3, (await people[9].ReadAsync(task)).Places!.Queue);
        (await people[0].DeleteAsync($"/api/tasks/tasks/{task.Id}/places/me")).Is(HttpStatusCode.NoContent);
        Assert.True((await people[7].ReadAsync(task)).Places!.Mine > 0);
        Assert.Equal(0, (await people[8].ReadAsync(task)).Places!.Mine);
        Assert.Contains("You have a place now: Carry tables", await InboxAsync(people[7]));
        Assert.DoesNotContain("You have a place now", await InboxAsync(people[8]));
    }

    [Fact]
    public async Task What_is_said_about_a_task_is_for_its_author_its_assignees_and_who_watches_it_and_not_for_who_muted_it()
    {
        var (ada, ben, cleo, dora) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"), await house.PersonAsync("dora"));
        var club = await ada.ProjectAsync("Club");
        foreach (var person in (Person[])[ben, cleo, dora]) await ada.AddAsync(club, person, ProjectRole.Writer);
        var task = await ada.TaskAsync(club, "Paint the door", new { title = "Paint the door", assignees = (Id<Member>[])[ben.Id, dora.Id] });
        (await dora.PutAsync($"/api/tasks/tasks/{task.Id}/watch", new { level = "mute" })).Is(HttpStatusCode.NoContent);
        Assert.Equal([ada.Id, ben.Id], await HeardAsync());
        (await cleo.PutAsync($"/api/tasks/projects/{club.Id}/watch", new { level = "watch" })).Is(HttpStatusCode.NoContent);
        (await ada.PutAsync($"/api/tasks/tasks/{task.Id}/watch", new { level = "mute" })).Is(HttpStatusCode.NoContent);
        Assert.Equal([ben.Id, cleo.Id], await HeardAsync());

        async Task<IEnumerable<Id<Member>>> HeardAsync() => (await house.InScopeAsync(s => s.GetServices<Contracts.Social.IDiscussionFollowers>().Single(f => f.Kind == "task").FollowersAsync([task.Id.Value], CancellationToken.None)))[task.Id.Value].Order();
    }

    [Fact]
    public async Task An_assignment_arrives_by_inbox_and_mail_and_not_after_access_was_lost()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        var club = await ada.ProjectAsync();
        await ada.AddAsync(club, ben, ProjectRole.Writer);
        await ada.AddAsync(club, cleo, ProjectRole.Writer);
        await house.DrainAsync();
        var title = $"Layout {RandomKey.New(16)}";
        var task = await ada.TaskAsync(club, title, new { title, assignees = new[] { ben.Id, cleo.Id } });

        // Before anything was delivered cleo is out of the project.
        (await ada.DeleteAsync($"/api/tasks/projects/{club.Id}/members/member:{cleo.Id}")).Is(HttpStatusCode.NoContent);
        Assert.Contains(title, await InboxAsync(ben));
        Assert.Contains(await house.MailToAsync($"{ben.Handle}@example.org"), m => m.TextBody!.Contains(title, StringComparison.Ordinal));
        Assert.DoesNotContain(title, await InboxAsync(cleo));
        Assert.DoesNotContain(await house.MailToAsync($"{cleo.Handle}@example.org"), m => m.TextBody!.Contains(title, StringComparison.Ordinal));
        Assert.Equal(ben.Id, Assert.Single((await ada.ReadAsync(task)).Assignees).Id);
    }

    [Fact]
    public async Task Search_finds_title_text_label_file_and_key_for_who_may_read_and_forgets_what_is_deleted()
    {
        var (ada, ben, eve) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("eve"));
        var club = await ada.ProjectAsync();
        await ada.AddAsync(club, ben, ProjectRole.Reader);
        var word = "quokka" + RandomKey.New(40).Where(char.IsAsciiLetterLower).Aggregate("", (a, c) => a + c);
        var task = await ada.TaskAsync(club, word + "title", new { title = word + "title", description = word + "text", labels = new[] { word + "label" } });
        using (var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", word + "file.bin" } })
            (await ada.PostAsync($"/api/tasks/tasks/{task.Id}/attachments", form)).Is(HttpStatusCode.Created);
        await house.DrainAsync();
        foreach (var words in new[] { word + "title", word + "text", word + "label", word + "file" })
        {
            Assert.Contains($"task:{task.Id}", await FoundAsync(ben, words));
            Assert.DoesNotContain($"task:{task.Id}", await FoundAsync(eve, words));
        }

        Assert.Contains(task.Key!, await FoundAsync(ben, task.Key!));
        (await ada.DeleteAsync($"/api/tasks/tasks/{task.Id}")).Is(HttpStatusCode.NoContent);
        await house.DrainAsync();
        Assert.DoesNotContain($"task:{task.Id}", await FoundAsync(ben, word + "title"));
    }

    [Fact]
    public async Task Webhooks_are_told_in_order_what_happened_and_only_whose_owner_may_see_it()
    {
        var (ada, eve) = (await house.PersonAsync("ada"), await house.PersonAsync("eve"));
        var club = await ada.ProjectAsync();
        var task = await ada.TaskAsync(club, "Hooked");
        (await ada.PostAsync($"/api/tasks/tasks/{task.Id}/move", new { column = club.Column(Category.Doing) })).Ok();
        (await ada.PostAsync($"/api/tasks/tasks/{task.Id}/complete")).Ok();
        (await ada.PostAsync($"/api/tasks/tasks/{task.Id}/reopen")).Ok();
        (await ada.DeleteAsync($"/api/tasks/tasks/{task.Id}")).Is(HttpStatusCode.NoContent);
        (await ada.PostAsync($"/api/tasks/tasks/{task.Id}/restore")).Ok();
        await house.DrainAsync();
        var told = house.Hooked.Where(h => h.Subject == Thing.Of("task", task.Id)).OrderBy(h => h.At).Select(h => h.Type).ToList();
        Assert.Equal("task.created", told[0]);
        foreach (var type in new[] { "task.moved", "task.completed", "task.reopened", "task.deleted", "task.restored" }) Assert.Contains(type, told);
        Assert.Contains("task.moved", told.Take(2));
        var audience = house.Hooked.First(h => h.Subject == Thing.Of("task", task.Id)).Audience;
        Assert.True(await house.InScopeAsync(s => s.GetRequiredService<Kernel.Data.KernelDb>().IncludesAsync(audience, ada.Actor, CancellationToken.None)));
        Assert.False(await house.InScopeAsync(s => s.GetRequiredService<Kernel.Data.KernelDb>().IncludesAsync(audience, eve.Actor, CancellationToken.None)));
    }

    [Fact]
    public async Task What_was_made_through_the_intake_links_to_its_source_and_back_on_both_pages()
    {
        var ada = await house.PersonAsync("intake");
        var club = await ada.ProjectAsync();
        var source = await ada.TaskAsync(club, "Survey answer");
        var made = await house.InScopeAsync(s => s.GetRequiredService<ITaskIntake>().CreateAsync(
            new(Thing.Of("project", club.Id), "Call back", "They asked", Thing.Of("task", source.Id), [ada.Id], null, "answer-1"), ada.Actor, CancellationToken.None));
        var key = (await ada.GetAsync($"/api/tasks/tasks/{made.Key}")).Ok().Json.GetProperty("key").GetString();
        Assert.Contains("Survey answer", (await ada.PageAsync($"/tasks/t/{key}")).Ok().Body);
        var of = await house.InScopeAsync(s => s.GetRequiredService<ITaskIntake>().OfSourcesAsync([Thing.Of("task", source.Id)], ada.Actor, CancellationToken.None));
        Assert.Equal([made], of[Thing.Of("task", source.Id)]);
    }

    [Fact]
    public async Task A_filter_gives_the_same_set_in_page_API_and_saved_filter_and_a_mistake_is_pointed_at()
    {
        var ada = await house.PersonAsync("filters");
        var club = await ada.ProjectAsync();
        await ada.TaskAsync(club, "Late one", new { title = "Late one", due = "2020-01-01" });
        await ada.TaskAsync(club, "Urgent one", new { title = "Urgent one", priority = 4 });
        await ada.TaskAsync(club, "Parked one", new { title = "Parked one", priority = 1, labels = new[] { "waiting" } });
        await ada.TaskAsync(club, "Plain one");
        var filter = $"project:{club.Key} and (is:overdue or priority<=4) not label:waiting";
        var api = (await ada.GetAsync($"/api/tasks/tasks?filter={Uri.EscapeDataString(filter)}")).Ok().Json.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("title").GetString()!).Order().ToList();
        Assert.Equal(["Late one", "Urgent one"], api);
        var saved = (await ada.PostAsync("/api/tasks/filters", new { name = "Mine", query = filter })).Ok();
        foreach (var page in new[] { $"/tasks/find?filter={Uri.EscapeDataString(saved["query"])}", $"/tasks/p/{club.Key}/list?filter={Uri.EscapeDataString(filter)}", $"/tasks/p/{club.Key}/board?filter={Uri.EscapeDataString(filter)}" })
        {
            var body = (await ada.PageAsync(page)).Ok().Body;
            foreach (var title in api) Assert.Contains(title, body);
            Assert.DoesNotContain("Parked one", body);
            Assert.DoesNotContain("Plain one", body);
        }

        var wrong = (await ada.GetAsync("/api/tasks/tasks?filter=label:x%20and%20nonsense:1")).Refuses(HttpStatusCode.UnprocessableEntity, "bad_filter");
        Assert.Equal(12, wrong.Json.GetProperty("at").GetInt32());
        Assert.Contains("at character 13", (await ada.PageAsync($"/tasks/p/{club.Key}/board?filter=label:x%20and%20nonsense:1")).Body);
    }

    private async Task<string> InboxAsync(Person person)
    {
        await house.DrainAsync();
        return (await person.GetAsync("/api/home/inbox?limit=100")).Ok().Body;
    }

    private static async Task<string> FoundAsync(Person person, string words) => (await person.GetAsync($"/api/home/search?q={Uri.EscapeDataString(words)}")).Ok().Body;
}

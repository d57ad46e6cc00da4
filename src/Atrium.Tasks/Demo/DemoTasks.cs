using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Search;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>The demo's projects, with weeks of history: a market to prepare, a garden to water, shifts to fill, and what the board has to do.</summary>
internal sealed class DemoTasks(TasksDb db, IMembers members, ISearch search) : IDemoData
{
    private static readonly string[] Handles = ["ada", "ben", "cleo", "dmitri", "emine", "farah", "greta", "hugo", "ines", "jonas"];

    public int Order => 10;

    public async Task FillAsync(CancellationToken ct)
    {
        if (await db.Projects.AnyAsync(ct)) return;
        var people = (await members.FindAsync(Handles, ct)).ToDictionary(m => m.Key, m => m.Value.Id, StringComparer.Ordinal);
        if (people.Count < Handles.Length) return;
        List<DemoProject> all = [Market(people), Garden(people), Shifts(people), Board(people), .. Personal(people)];
        var cards = await members.CardsAsync([.. people.Values], ct);
        await db.WriteAsync(
            async token =>
            {
                foreach (var made in all)
                {
                    made.Conclude();
                    db.Projects.Add(made.Project);
                    db.Tasks.AddRange(made.Tasks);
                    db.AddRange(made.History);
                    db.AddRange(made.Relations);
                    foreach (var task in made.Tasks) Coming.Announce(db, task);
                    if (!made.Project.IsPersonal && made.Project.Audience.IsStored) await Kernel.Data.AudienceSets.SetAudienceAsync(db, made.Project.Audience, [.. made.Project.Members.Select(m => m.Principal)], token);
                }

                await db.SaveChangesAsync(token);
                foreach (var made in all)
                    await search.IndexAsync(db, [.. made.Tasks.Select(t => TaskDocument.Of(t, made.Project, made.Project.Labels.Where(l => t.Labels.Exists(x => x.LabelId == l.Id)).Select(l => l.Name), [], t.Assignees.Select(a => cards[a.MemberId])))], token);
            },
            ct);
        db.ChangeTracker.Clear();
    }

    private DemoProject Market(Dictionary<string, Id<Member>> people)
    {
        var project = Make("Winter market", "MARKET", "emine", "#b45309", "Saturday in the Brunnengasse, 10 to 18. Twenty-two stalls, one brass quartet, too much punch.", people, 70, Visibility.Members);
        foreach (var handle in (string[])["ada", "dmitri", "farah", "hugo", "jonas", "ben", "cleo", "greta", "ines"]) project.SetMember(Principal.Of(people[handle]), handle == "ada" ? ProjectRole.Admin : ProjectRole.Writer);
        project.AddColumn("Waiting", Category.Doing, project.Columns[1].Id);
        project.ChangeColumn(project.Columns[1].Id, null, 4);
        return Fill(project, people, DemoMarket.Cards);
    }

    private DemoProject Garden(Dictionary<string, Id<Member>> people)
    {
        var project = Make("Courtyard garden", "GARDEN", "cleo", "#4d7c0f", "Two plots by the canal and a lot of compost. Chores go round; whoever did least is next.", people, 90, Visibility.Members);
        foreach (var handle in (string[])["ines", "dmitri", "jonas"]) project.SetMember(Principal.Of(people[handle]), ProjectRole.Writer);
        var garden = Fill(project, people, DemoGarden.Cards);
        garden.Live(DemoGarden.Watering, skipEvery: 5);
        garden.Live(DemoGarden.Compost);
        garden.Live(DemoGarden.Sweep);
        return garden;
    }

    private DemoProject Shifts(Dictionary<string, Id<Member>> people)
    {
        var project = Make("Shop shifts", "SHIFT", "farah", "#0d9488", "Take a place; who comes later queues and moves up.", people, 40, Visibility.Members);
        foreach (var handle in Handles.Where(h => h != "farah")) project.SetMember(Principal.Of(people[handle]), handle is "ada" or "greta" ? ProjectRole.Writer : ProjectRole.Commenter);
        return Fill(project, people, DemoShifts.Cards(db.Now));
    }

    private DemoProject Board(Dictionary<string, Id<Member>> people)
    {
        var project = Make("Board", "BOARD", "ada", "#4f46e5", "What the assembly left open. First Tuesday of the month.", people, 120, Visibility.Private);
        foreach (var handle in (string[])["ben", "cleo", "greta"]) project.SetMember(Principal.Of(people[handle]), ProjectRole.Writer);
        var board = Fill(project, people, DemoBoard.Cards);
        board.Live(DemoBoard.Minutes);
        return board;
    }

    private IEnumerable<DemoProject> Personal(Dictionary<string, Id<Member>> people) =>
        DemoBoard.Own.GroupBy(o => o.Card.By).Select(own => Fill(Project.PersonalFor(people[own.Key], db.Now.AddDays(-60)), people, [.. own.Select(o => o.Card)]));

    private Project Make(string title, string key, string by, string color, string about, Dictionary<string, Id<Member>> people, int daysAgo, Visibility visibility)
    {
        var project = new Project(title, key, people[by], db.Now.AddDays(-daysAgo)) { CalendarName = key.ToLowerInvariant() };
        project.Paint(color);
        project.Describe(about);
        project.Show(visibility, visibility == Visibility.Members ? Audience.Members : Audience.NewSet());
        return project;
    }

    private DemoProject Fill(Project project, Dictionary<string, Id<Member>> people, IReadOnlyList<DemoCard> cards)
    {
        var made = new DemoProject(project, people, db.Now);
        foreach (var card in cards) made.Add(card);
        return made;
    }
}

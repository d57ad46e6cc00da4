using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Atrium.Testing;

namespace Atrium.Tasks.Tests;

/// <summary>Our own export into an empty project gives the same export again, but for ids and times.</summary>
public sealed partial class RoundTripTests(QuietHouse house)
{
    [Fact]
    public async Task An_export_into_an_empty_project_exports_again_as_itself_with_files_turns_places_and_history()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var club = await ada.ProjectAsync("Club", new { title = "Club", description = "Our *club*", color = "#0d9488" });
        await ada.AddAsync(club, ben, ProjectRole.Writer);
        (await ada.PostAsync($"/api/tasks/projects/{club.Id}/columns", new { name = "Waiting", category = "doing", wip_limit = 3 })).Ok();
        var bins = await ada.TaskAsync(club, "Bins", new
        {
            title = "Bins", due = "2031-03-03", priority = 4, labels = new[] { "chores" }, percent = 30,
            recurrence = new { rrule = "FREQ=WEEKLY;COUNT=9", rotation = new { members = new[] { ada.Id, ben.Id }, strategy = "least_load" } },
        });
        (await ada.PostAsync($"/api/tasks/tasks/{bins.Id}/checklist", new { text = "Paper", done = true })).Is(HttpStatusCode.Created);
        (await ada.PostAsync($"/api/tasks/tasks/{bins.Id}/reminders", new { offset_seconds = -3600 })).Is(HttpStatusCode.Created);
        (await ada.PostAsync($"/api/tasks/tasks/{bins.Id}/complete")).Ok();
        (await ada.PostAsync($"/api/tasks/tasks/{bins.Id}/complete")).Ok();
        var child = await ada.TaskAsync(club, "Wash them", new { title = "Wash them", parent = bins.Id, start = "2031-03-01T10:00:00", duration = "PT30M" });
        var tables = await ada.TaskAsync(club, "Carry tables", new { title = "Carry tables", places = 1, description = "Two\nlines" });
        (await ben.PostAsync($"/api/tasks/tasks/{tables.Id}/places/me", new { })).Is(HttpStatusCode.Created);
        (await ada.PostAsync($"/api/tasks/tasks/{tables.Id}/places/me", new { })).Is(HttpStatusCode.Accepted);
        (await ada.PutAsync($"/api/tasks/tasks/{child.Id}/relations/blocks/{tables.Id}", new { })).Is(HttpStatusCode.NoContent);
        (await ada.PostAsync($"/api/tasks/tasks/{tables.Id}/move", new { before = bins.Id })).Ok();
        using (var form = new MultipartFormDataContent { { new ByteArrayContent("the plan"u8.ToArray()), "file", "plan.txt" } })
            (await ada.PostAsync($"/api/tasks/tasks/{tables.Id}/attachments", form)).Is(HttpStatusCode.Created);
        (await ada.PostAsync($"/api/tasks/tasks/{(await ada.TaskAsync(club, "Done")).Id}/complete")).Ok();
        var first = await ZipAsync(ada, club.Id.ToString());

        var empty = await ada.ProjectAsync("Copy");
        await ada.AddAsync(empty, ben, ProjectRole.Writer);
        var report = await house.ImportAsync(ada, first, "club.zip", "json", empty.Id.ToString());
        Assert.Equal(0, report.Json.GetProperty("lost").GetInt32());
        var second = await ZipAsync(ada, empty.Id.ToString());
        Assert.Equal(Document(first), Document(second));
        Assert.Equal("the plan", Encoding.UTF8.GetString(Entries(second).Single(e => e.Key.StartsWith("files/", StringComparison.Ordinal)).Value));

        // Undo works there too: the last occurrence comes back as it was.
        var copy = (await ada.GetAsync($"/api/tasks/projects/{empty.Id}/tasks?filter=bins")).Ok().Json.GetProperty("items")[0].GetProperty("id").GetString();
        var undone = (await ada.PostAsync($"/api/tasks/tasks/{copy}/reopen")).Ok().As<TaskCompleted>();
        Assert.Equal("2031-03-10", undone.Task.Due!.ToString());

        var again = await house.ImportAsync(ada, first, "club.zip", "json", empty.Id.ToString());
        Assert.Equal((0, 0), (again.Json.GetProperty("made").GetInt32(), again.Json.GetProperty("updated").GetInt32()));
        Assert.Single(Entries(await ZipAsync(ada, empty.Id.ToString())), e => e.Key.StartsWith("files/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ZIP_without_our_document_is_refused_and_a_stranger_gets_none()
    {
        var (ada, eve) = (await house.PersonAsync("ada"), await house.PersonAsync("eve"));
        var club = await ada.ProjectAsync();
        (await eve.GetAsync($"/api/tasks/projects/{club.Id}/export?format=zip")).Is(HttpStatusCode.NotFound);
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true)) zip.CreateEntry("other.txt");
        Assert.Equal("import_format", Scene.Code(() => DocumentImport.Plan(bytes.ToArray())));
        Assert.Equal("import_format", Scene.Code(() => DocumentImport.Plan("PK nonsense"u8.ToArray())));
    }

    private static Task<byte[]> ZipAsync(Person person, string project) => person.Http.GetByteArrayAsync(new Uri($"/api/tasks/projects/{project}/export?format=zip", UriKind.Relative));

    private static Dictionary<string, byte[]> Entries(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        return zip.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var content = e.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return bytes.ToArray();
        });
    }

    /// <summary>The document with its ids numbered as they come, its times left out, and what is the target's own: title, key and numbers.</summary>
    private static string Document(byte[] file)
    {
        var node = JsonNode.Parse(Entries(file)["project.json"])!;
        node["project"]!["title"] = node["project"]!["key"] = null;
        foreach (var task in node["tasks"]!.AsArray())
        {
            task!["number"] = task["uid"] = null;
            foreach (var one in task["files"]!.AsArray()) one!["path"] = null;
        }

        var seen = new Dictionary<string, string>();
        var text = Times().Replace(node.ToJsonString(new() { WriteIndented = true }), "time");
        return Ids().Replace(text, m => seen.TryGetValue(m.Value, out var known) ? known : seen[m.Value] = $"#{seen.Count}");
    }

    [GeneratedRegex(@"\d{15,}", RegexOptions.NonBacktracking)]
    private static partial Regex Ids();

    [GeneratedRegex(@"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\\u002B00:00|\+00:00)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Times();
}

using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Atrium.Social.Tests.Federation;
using Atrium.Testing;

namespace Atrium.Social.Tests.Ownership;

/// <summary>What is a member's own goes along as files, and comes in from files.</summary>
[Collection(FederationCollection.Name)]
public sealed class OwnershipTests(TwoHouses houses)
{
    [Fact]
    public async Task All_files_of_a_member_of_one_house_are_taken_in_by_a_member_of_the_other()
    {
        var (ada, ben, cleo) = (await houses.North.PersonAsync("ada"), await houses.North.PersonAsync("ben"), await houses.South.PersonAsync("cleo"));
        var mover = await houses.South.PersonAsync("mover");
        var cleoHere = await houses.FollowAsync(ada, cleo);
        await ada.FollowAsync(ben);
        (await ada.PostAsync($"/api/v1/accounts/{await ben.AccountIdAsync()}/follow", new { reblogs = false, notify = true, languages = new[] { "de", "en" } })).Ok();
        var list = (await ada.PostAsync("/api/v1/lists", new { title = "Cooks, \"the best\"" })).Ok()["id"];
        (await ada.PostAsync($"/api/v1/lists/{list}/accounts", new { account_ids = new[] { await ben.AccountIdAsync(), cleoHere } })).Ok();
        var (muted, blocked) = (await houses.North.PersonAsync("muted"), await houses.North.PersonAsync("blocked"));
        (await ada.PostAsync($"/api/v1/accounts/{await muted.AccountIdAsync()}/mute", new { notifications = false })).Ok();
        (await ada.PostAsync($"/api/v1/accounts/{await blocked.AccountIdAsync()}/block")).Ok();
        (await ada.PostAsync("/api/v1/domain_blocks", new { domain = "loud.example" })).Ok();
        var kept = await ben.TootAsync("worth keeping", "public");
        (await ada.PostAsync($"/api/v1/statuses/{kept}/bookmark")).Ok();
        (await ada.PostAsync("/api/v2/filters", new { title = "Sport", context = new[] { "home", "public" }, filter_action = "hide", keywords_attributes = new[] { new { keyword = "goal", whole_word = true } } })).Ok();
        await houses.SettleAsync();

        var files = new Dictionary<string, string>();
        foreach (var kind in (string[])["follows", "lists", "mutes", "blocks", "domains", "bookmarks", "filters"]) files[kind] = (await ada.GetAsync($"/api/social/exports/{kind}")).Is(HttpStatusCode.OK).Body;
        Assert.StartsWith("Account address,Show boosts,Notify on new posts,Languages\n", files["follows"], StringComparison.Ordinal);
        Assert.Contains($"{ben.HandleAt()},false,true,\"de, en\"\n", files["follows"], StringComparison.Ordinal);
        Assert.Contains($"\"Cooks, \"\"the best\"\"\",{cleo.HandleAt()}\n", files["lists"], StringComparison.Ordinal);
        Assert.Equal($"Account address,Hide notifications\n{muted.HandleAt()},false\n", files["mutes"]);
        Assert.Equal($"{blocked.HandleAt()}\n", files["blocks"]);
        Assert.Equal("loud.example\n", files["domains"]);
        Assert.Equal($"{houses.North.Url}/users/{ben.Handle}/statuses/{kept}\n", files["bookmarks"]);

        var names = new Dictionary<string, string> { ["follows"] = "following_accounts.csv", ["lists"] = "lists.csv", ["mutes"] = "muted_accounts.csv", ["blocks"] = "blocked_accounts.csv", ["domains"] = "blocked_domains.csv", ["bookmarks"] = "bookmarks.csv", ["filters"] = "filters.json" };
        foreach (var (kind, text) in files)
        {
            var report = await ImportAsync(mover, names[kind], text);
            Assert.True(report.GetProperty("lost").GetInt32() == 0, $"{kind}: {report}");
            Assert.True(report.GetProperty("made").GetInt32() + report.GetProperty("skipped").GetInt32() > 0, $"{kind}: {report}");
            await houses.SettleAsync();
        }

        foreach (var (kind, text) in files)
        {
            var there = (await mover.GetAsync($"/api/social/exports/{kind}")).Is(HttpStatusCode.OK).Body;
            Assert.Equal(text.Split('\n').Order(StringComparer.Ordinal), there.Split('\n').Order(StringComparer.Ordinal));
            var again = await ImportAsync(mover, names[kind], text);
            Assert.Equal((0, 0), (again.GetProperty("made").GetInt32(), again.GetProperty("updated").GetInt32()));
        }
    }

    [Fact]
    public async Task A_trial_predicts_the_report_and_changes_nothing()
    {
        var (ada, ben, cleo) = (await houses.North.PersonAsync("ada"), await houses.North.PersonAsync("ben"), await houses.North.PersonAsync("cleo"));
        var (dan, blocker) = (await houses.North.PersonAsync("dan"), await houses.North.PersonAsync("blocker"));
        await ada.FollowAsync(dan);
        (await blocker.PostAsync($"/api/v1/accounts/{await ada.AccountIdAsync()}/block")).Ok();
        var text = $"Account address,Show boosts\r\n@{ben.HandleAt()},true\r\n{cleo.Handle},true\r\n\r\n{dan.HandleAt()},false\r\nnobody-at-all@{new Uri(houses.North.Url).Authority},true\r\nno address at all,true\r\n{blocker.HandleAt()},true\r\n{ben.HandleAt()},true\r\n{ada.HandleAt()},true\r\n";
        var trial = await ImportAsync(ada, "following_accounts.csv", text, dryRun: true);
        Assert.Equal((2, 1, 2, 3), (Count(trial, "made"), Count(trial, "updated"), Count(trial, "skipped"), Count(trial, "lost")));
        Assert.Single(await ada.IdsAsync($"/api/v1/accounts/{await ada.AccountIdAsync()}/following"));
        var done = await ImportAsync(ada, "following_accounts.csv", text);
        Assert.Equal(trial.GetProperty("lines").GetRawText(), done.GetProperty("lines").GetRawText());
        Assert.Equal(3, (await ada.IdsAsync($"/api/v1/accounts/{await ada.AccountIdAsync()}/following")).Count);
        var lost = done.GetProperty("lines").EnumerateArray().Where(l => l.GetProperty("outcome").GetString() == "lost").Select(l => (l.GetProperty("source").GetString(), l.GetProperty("reason").GetString())).ToList();
        Assert.Equal(("line 6", "Nobody of that name is in this house."), lost[0]);
        Assert.Equal(("line 7", "That is no address such as ada@house.example."), lost[1]);
        Assert.Equal(("line 8", "One of you blocks the other."), lost[2]);
    }

    [Fact]
    public async Task Overwriting_ends_what_the_file_does_not_name_and_a_wrong_file_ends_nothing()
    {
        var (ada, ben, cleo) = (await houses.North.PersonAsync("ada"), await houses.North.PersonAsync("ben"), await houses.North.PersonAsync("cleo"));
        await ada.FollowAsync(ben);
        await ada.FollowAsync(cleo);
        await ImportAsync(ada, "following_accounts.csv", "Account address,Show boosts\nnonsense!,true\n", mode: "overwrite");
        Assert.Equal(2, (await ada.IdsAsync($"/api/v1/accounts/{await ada.AccountIdAsync()}/following")).Count);
        var report = await ImportAsync(ada, "following_accounts.csv", $"{ben.HandleAt()}\n", mode: "overwrite");
        Assert.Equal((0, 1, 1), (Count(report, "made"), Count(report, "updated"), Count(report, "skipped")));
        Assert.Equal([await ben.AccountIdAsync()], await ada.IdsAsync($"/api/v1/accounts/{await ada.AccountIdAsync()}/following"));
    }

    [Fact]
    public async Task Files_that_are_none_are_refused_in_words()
    {
        var ada = await houses.North.PersonAsync("ada");
        foreach (var (name, text, kind) in (IEnumerable<(string, string, string?)>)[("notes.txt", "hello world\n", null), ("filters.json", "{\"custom_filters\":", null), ("filters.json", "{}", null), ("x.csv", "ada\n", "followers")])
        {
            var id = await RequestAsync(ada, name, text, dryRun: true, kind, null);
            await houses.North.DrainAsync();
            Assert.Equal("failed", (await ada.GetAsync($"/api/operations/{id}")).Ok()["state"]);
            (await ada.GetAsync($"/api/social/imports/{id}")).Refuses(HttpStatusCode.Conflict, "not_over");
        }

        using var form = Form("follows.csv", "ada\n", "everything", null);
        (await ada.SendAsync(HttpMethod.Post, "/api/social/imports", form, [])).Refuses(HttpStatusCode.UnprocessableEntity, "import_format");
    }

    [Fact]
    public async Task Nobody_reads_the_import_or_the_archive_of_another()
    {
        var (ada, ben, root) = (await houses.North.PersonAsync("ada"), await houses.North.PersonAsync("ben"), await houses.North.PersonAsync("root", Kernel.Role.Administrator));
        var import = await RequestAsync(ada, "blocked_domains.csv", "loud.example\n", dryRun: true, null, null);
        var archive = (await ada.PostAsync("/api/social/exports")).Ok()["id"];
        await houses.North.DrainAsync();
        (await ada.GetAsync($"/api/social/archives/{archive}")).Is(HttpStatusCode.OK);
        foreach (var other in (Person[])[ben, root])
        {
            (await other.GetAsync($"/api/social/archives/{archive}")).Is(HttpStatusCode.NotFound);
            (await other.PageAsync($"/social/settings/data/archive/{archive}")).Is(HttpStatusCode.NotFound);
            (await other.PageAsync($"/social/settings/data/imports/{import}")).Is(HttpStatusCode.NotFound);
            (await other.FormAsync($"/social/settings/data/imports/{import}/apply")).Is(HttpStatusCode.NotFound);
        }

        (await ben.GetAsync($"/api/social/imports/{import}")).Is(HttpStatusCode.NotFound);
        using var stranger = houses.North.Stranger();
        (await stranger.GetAsync("/api/social/exports/follows")).Is(HttpStatusCode.Unauthorized);
        Assert.NotEqual(HttpStatusCode.OK, (await ada.With("read:statuses").GetAsync("/api/social/exports/follows")).Status);
    }

    [Fact]
    public async Task The_archive_holds_all_one_wrote_with_its_pictures_and_nobody_elses()
    {
        var (ada, ben) = (await houses.North.PersonAsync("ada"), await houses.North.PersonAsync("ben"));
        await ada.FollowAsync(ben);
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC"));
        form.Add(file, "file", "red.png");
        form.Add(new StringContent("A red square"), "description");
        var media = (await ada.SendAsync(HttpMethod.Post, "/api/v2/media", form, [])).Ok()["id"];
        (await ada.PostAsync("/api/v1/statuses", new { status = "with a picture", media_ids = new[] { media }, visibility = "public" })).Ok();
        await ada.TootAsync("for the house", audience: "members");
        await ada.TootAsync($"@{ben.Handle} for you alone", "direct");
        var bens = await ben.TootAsync("bens own words", "public");
        await ben.TootAsync($"@{ada.Handle} a secret of ben", "direct");
        foreach (var act in (string[])["reblog", "favourite", "bookmark"]) (await ada.PostAsync($"/api/v1/statuses/{bens}/{act}")).Ok();
        var gone = await ada.TootAsync("deleted again", "public");
        (await ada.DeleteAsync($"/api/v1/statuses/{gone}")).Ok();

        var id = (await ada.PostAsync("/api/social/exports")).Is(HttpStatusCode.Accepted)["id"];
        (await ada.PostAsync("/api/social/exports")).Refuses(HttpStatusCode.Conflict, "archive_under_way");
        await houses.North.DrainAsync();
        (await ada.PostAsync("/api/social/exports")).Refuses(HttpStatusCode.Conflict, "archive_made");
        Assert.Contains($"/social/settings/data/archive/{id}", (await ada.PageAsync("/social/settings/data")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);

        using var zip = new ZipArchive(new MemoryStream((await ada.GetAsync($"/api/social/archives/{id}")).Is(HttpStatusCode.OK).Bytes));
        var actor = Json(zip, "actor.json");
        Assert.Equal($"{houses.North.Url}/users/{ada.Handle}", actor.GetProperty("id").GetString());
        Assert.DoesNotContain("rivate", actor.GetRawText(), StringComparison.Ordinal);
        var outbox = Json(zip, "outbox.json");
        var items = outbox.GetProperty("orderedItems").EnumerateArray().ToList();
        Assert.Equal(4, outbox.GetProperty("totalItems").GetInt32());
        Assert.Equal(["Create", "Create", "Create", "Announce"], items.Select(i => i.GetProperty("type").GetString()));
        Assert.Equal(["public", "members", "direct"], items.Take(3).Select(i => i.GetProperty("object").GetProperty("visibility").GetString()));
        Assert.Equal($"{houses.North.Url}/users/{ben.Handle}/statuses/{bens}", items[3].GetProperty("object").GetString());
        Assert.DoesNotContain("secret of ben", outbox.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("bens own words", outbox.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("deleted again", outbox.GetRawText(), StringComparison.Ordinal);
        var picture = items[0].GetProperty("object").GetProperty("attachment")[0];
        Assert.Equal("A red square", picture.GetProperty("name").GetString());
        Assert.True(zip.GetEntry(picture.GetProperty("url").GetString()!)!.Length > 0);
        foreach (var list in (string[])["likes.json", "bookmarks.json"]) Assert.EndsWith($"/statuses/{bens}", Json(zip, list).GetProperty("orderedItems")[0].GetString(), StringComparison.Ordinal);
        Assert.NotNull(zip.GetEntry("following_accounts.csv"));
    }

    [Fact]
    public async Task The_page_tries_a_file_first_then_takes_it_in_and_hands_out_what_was_left_out()
    {
        var (ada, ben) = (await houses.North.PersonAsync("ada"), await houses.North.PersonAsync("ben"));
        using var form = Form("blocked_accounts.csv", $"{ben.HandleAt()}\nnot an address\n", null, "merge");
        var address = (await ada.SendAsync(HttpMethod.Post, "/social/settings/data/imports", form, [("Sec-Fetch-Site", "same-origin"), ("Accept", "text/html")])).Is(HttpStatusCode.SeeOther).Headers["Location"];
        await houses.North.DrainAsync();
        var trial = (await ada.PageAsync(address)).Is(HttpStatusCode.OK).Body;
        Assert.Contains("nothing was changed", trial, StringComparison.Ordinal);
        Assert.Contains("not an address", trial, StringComparison.Ordinal);
        Assert.Empty(await ada.IdsAsync("/api/v1/blocks"));
        var real = (await ada.FormAsync($"{address}/apply")).Is(HttpStatusCode.SeeOther).Headers["Location"];
        await houses.North.DrainAsync();
        (await ada.PageAsync(real)).Is(HttpStatusCode.OK);
        Assert.Equal([await ben.AccountIdAsync()], await ada.IdsAsync("/api/v1/blocks"));
        Assert.Contains("line 2,not an address,left out,That is no address such as ada@house.example.", (await ada.PageAsync($"{real}/left-out.csv")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        (await ada.FormAsync($"{real}/apply")).Is(HttpStatusCode.NotFound);
        Assert.Equal("attachment", (await ada.PageAsync("/social/settings/data/files/blocks")).Is(HttpStatusCode.OK).Headers["Content-Disposition"].Split(';')[0]);
    }

    private static int Count(JsonElement report, string outcome) => report.GetProperty(outcome).GetInt32();

    private static JsonElement Json(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return JsonDocument.Parse(reader.ReadToEnd()).RootElement;
    }

    private static MultipartFormDataContent Form(string name, string text, string? kind, string? mode)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", name } };
        if (kind is not null) form.Add(new StringContent(kind), "kind");
        if (mode is not null) form.Add(new StringContent(mode), "mode");
        return form;
    }

    private static async Task<string> RequestAsync(Caller who, string name, string text, bool dryRun, string? kind, string? mode)
    {
        using var form = Form(name, text, kind, mode);
        return (await who.SendAsync(HttpMethod.Post, $"/api/social/imports?dry_run={(dryRun ? "true" : "false")}", form, [])).Is(HttpStatusCode.Accepted)["id"];
    }

    private static async Task<JsonElement> ImportAsync(Caller who, string name, string text, bool dryRun = false, string? mode = null)
    {
        var id = await RequestAsync(who, name, text, dryRun, null, mode);
        await who.House.DrainAsync();
        return (await who.GetAsync($"/api/social/imports/{id}")).Ok().Json;
    }
}

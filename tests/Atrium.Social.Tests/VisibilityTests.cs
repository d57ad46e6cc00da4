using System.Net;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>Who sees what, on every path that reads posts: exactly the cells of the one rule.</summary>
public sealed class VisibilityTests(SocialHouse house)
{
    private static readonly string[] Kinds = ["public", "unlisted", "private", "direct", "members", "group"];

    [Fact]
    public async Task Every_path_shows_exactly_what_the_rule_says()
    {
        var author = await house.PersonAsync("author");
        var readers = new Dictionary<string, Caller>
        {
            ["author"] = author, ["follower"] = await house.PersonAsync("follower"), ["mentioned"] = await house.PersonAsync("mentioned"), ["grouped"] = await house.PersonAsync("grouped"),
            ["member"] = await house.PersonAsync("member"), ["blocked"] = await house.PersonAsync("blocked"), ["anonymous"] = house.Stranger(),
        };
        foreach (var reader in readers.Values.OfType<Person>()) await reader.AccountIdAsync();
        var group = await GroupAsync(author, (Person)readers["grouped"]);
        await readers["follower"].FollowAsync(author);
        (await author.PostAsync($"/api/v1/accounts/{await readers["blocked"].AccountIdAsync()}/block")).Ok();
        var account = await author.AccountIdAsync();
        var word = $"secret{author.Handle}";
        var tag = $"matrix{author.Handle}";
        var posts = new Dictionary<string, string>();
        foreach (var kind in Kinds)
            posts[kind] = (await author.PostAsync("/api/v1/statuses", new
            {
                status = $"{word} for {kind} #{tag} #{tag}{kind} @{((Person)readers["mentioned"]).Handle}",
                visibility = kind is "members" or "group" ? null : kind,
                audience = kind == "members" ? "members" : kind == "group" ? $"group:{group}" : null,
            })).Ok()["id"];
        await house.SettledAsync();

        foreach (var (name, reader) in readers)
            foreach (var (kind, id) in posts)
            {
                var expected = Sees(name, kind);
                await AssertAsync(reader, name, kind, id, account, author.Handle, word, tag, expected);
            }
    }

    [Fact]
    public async Task The_rule_for_one_reader_for_many_and_in_SQL_is_the_same()
    {
        List<Person> people = [await house.PersonAsync("a"), await house.PersonAsync("b"), await house.PersonAsync("c"), await house.PersonAsync("d")];
        var group = await GroupAsync(people[0], people[1]);
        await people[2].FollowAsync(people[0]);
        (await people[3].PostAsync($"/api/v1/accounts/{await people[0].AccountIdAsync()}/block")).Ok();
        List<string> ids = [];
        foreach (var kind in Kinds)
            ids.Add((await people[0].PostAsync("/api/v1/statuses", new { status = $"x @{people[2].Handle}", visibility = kind is "members" or "group" ? null : kind, audience = kind == "members" ? "members" : kind == "group" ? $"group:{group}" : null })).Ok()["id"]);
        ids.Add((await people[0].PostAsync($"/api/v1/statuses/{ids[2]}/reblog")).Ok()["id"]);
        ids.Add((await people[1].PostAsync($"/api/v1/statuses/{ids[0]}/reblog")).Ok()["id"]);
        await house.InScopeAsync(async services =>
        {
            var (db, viewers) = (services.GetRequiredService<SocialDb>(), services.GetRequiredService<Viewers>());
            List<Viewer> all = [Viewer.Anonymous];
            foreach (var person in people) all.Add(await viewers.OfAsync(person.Actor, CancellationToken.None));
            foreach (var id in ids.Select(i => Id<Status>.Parse(i)))
            {
                var many = (await db.WhoSeesAsync(id, all, CancellationToken.None)).ToHashSet();
                foreach (var viewer in all)
                {
                    var sees = await db.Statuses.Where(s => s.Id == id).VisibleTo(viewer, db).AnyAsync();
                    Assert.Equal(sees, many.Contains(viewer));
                    List<object> parameters = [id.Value];
                    var sql = $"SELECT COUNT(*) AS \"Value\" FROM social_status s WHERE s.id = {{0}} AND {SightSql.VisibleTo(viewer, "s", parameters)}";
                    Assert.Equal(sees, await db.Database.SqlQueryRaw<long>(sql, [.. parameters]).SingleAsync() == 1);
                }
            }

            return true;
        });
    }

    [Fact]
    public async Task Who_leaves_a_group_reads_none_of_it_from_then_on()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ben.AccountIdAsync();
        var group = await GroupAsync(ada, ben);
        var id = await ada.TootAsync("for us", audience: $"group:{group}");
        Assert.Contains(id, await ben.IdsAsync("/api/v1/timelines/home"));
        Assert.Equal(("private", $"group:{group}"), (await ben.GetAsync($"/api/v1/statuses/{id}")).Ok() is var seen ? (seen["visibility"], seen["audience"]) : default);
        var reply = await ben.TootAsync("public answer?", "public", inReplyTo: id);
        Assert.Equal($"group:{group}", (await ada.GetAsync($"/api/v1/statuses/{reply}")).Ok()["audience"]);
        await house.InScopeAsync(async services =>
        {
            var (db, principal) = (services.GetRequiredService<SocialDb>(), Principal.Of(group));
            return await db.PrincipalMembers.Where(p => p.Principal == principal && p.MemberId == ben.Id).ExecuteDeleteAsync();
        });
        (await ben.GetAsync($"/api/v1/statuses/{id}")).Is(HttpStatusCode.NotFound);
        Assert.DoesNotContain(id, await ben.IdsAsync("/api/v1/timelines/home"));
        (await ben.PostAsync("/api/v1/statuses", new { status = "x", audience = $"group:{group}" })).Is(HttpStatusCode.NotFound);
    }

    private static bool Sees(string reader, string kind) => kind switch
    {
        "public" or "unlisted" => reader != "blocked",
        "private" => reader is "author" or "follower" or "mentioned",
        "direct" => reader is "author" or "mentioned",
        "members" => reader is not ("blocked" or "anonymous"),
        _ => reader is "author" or "grouped",
    };

    private async Task AssertAsync(Caller reader, string name, string kind, string id, string account, string author, string word, string tag, bool expected)
    {
        void Check(string path, bool there, bool wanted) => Assert.True(there == wanted, $"{name} {(there ? "sees" : "does not see")} {kind} by {path}");
        Check("status", (await reader.GetAsync($"/api/v1/statuses/{id}")).Status == HttpStatusCode.OK, expected);
        Check("context", (await reader.GetAsync($"/api/v1/statuses/{id}/context")).Status == HttpStatusCode.OK, expected);
        Check("history", (await reader.GetAsync($"/api/v1/statuses/{id}/history")).Status == HttpStatusCode.OK, expected);
        Check("favourited by", (await reader.GetAsync($"/api/v1/statuses/{id}/favourited_by")).Status == HttpStatusCode.OK, expected);
        Check("card", (await reader.GetAsync($"/api/v1/statuses/{id}/card")).Status == HttpStatusCode.OK, expected);
        Check("oembed", (await reader.GetAsync($"/api/oembed?url={Uri.EscapeDataString($"{house.Url}/@{author}/{id}")}")).Status == HttpStatusCode.OK, kind is "public" or "unlisted");
        Check("house search", (await reader.GetAsync($"/api/home/search?q={word}&limit=100")).Ok().Body.Contains($"/@{author}/{id}", StringComparison.Ordinal), expected);
        Check("tag in house search", (await reader.GetAsync($"/api/home/search?q={tag}{kind}")).Ok().Body.Contains($"/tags/{tag}{kind}", StringComparison.Ordinal), kind == "public");
        Check("ids", (await reader.IdsAsync($"/api/v1/statuses?id[]={id}")).Count == 1, expected);
        Check("account", (await reader.IdsAsync($"/api/v1/accounts/{account}/statuses?limit=40")).Contains(id), expected && kind != "direct");
        Check("public", (await reader.IdsAsync($"/api/v1/timelines/public?limit=40&max_id={long.Parse(id) + 1}")).Contains(id), expected && kind == "public");
        Check("tag", (await reader.IdsAsync($"/api/v1/timelines/tag/{tag}")).Contains(id), expected && kind == "public");
        if (reader is not Person) return;

        Check("home", (await reader.IdsAsync("/api/v1/timelines/home?limit=40")).Contains(id), name switch
        {
            "author" => true,
            "follower" => kind is "public" or "unlisted" or "private" or "members",
            "grouped" => kind == "group",
            _ => false,
        });
        var told = (await reader.GetAsync("/api/v1/notifications?include_filtered=true&limit=80")).Ok().Json.EnumerateArray().Any(n => n.TryGetProperty("status", out var status) && status.GetProperty("id").GetString() == id);
        Check("notification", told, expected && name == "mentioned");
        var found = (await reader.GetAsync($"/api/v2/search?q={word}&type=statuses&limit=40")).Ok().Json.GetProperty("statuses").EnumerateArray().Any(s => s.GetProperty("id").GetString() == id);
        Check("search", found, expected && (name is "author" or "mentioned" || kind is "public" or "members" or "group"));
        if (name == "author") return;
        Check("favourite", (await reader.PostAsync($"/api/v1/statuses/{id}/favourite")).Status == HttpStatusCode.OK, expected);
        Check("boost", (await reader.PostAsync($"/api/v1/statuses/{id}/reblog")).Status == HttpStatusCode.OK, expected && kind is "public" or "unlisted" && expected);
        (await reader.PostAsync($"/api/v1/statuses/{id}/unreblog")).ToString();
        (await reader.PostAsync($"/api/v1/statuses/{id}/unfavourite")).ToString();
    }

    internal static Task<Id<Group>> GroupAsync(params Person[] people) => people[0].House.InScopeAsync(services =>
        services.GetRequiredService<IMemberRegistry>().AddGroupAsync("g" + people[0].Handle, "Group", [.. people.Select(p => p.Id)], CancellationToken.None));
}

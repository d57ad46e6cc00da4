using Atrium.Kernel.Data;
using Atrium.Kernel.Search;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Tests.Search;

public class SearchTests(KernelHouse house)
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static long _key = 5_000_000;

    private async Task<Thing> IndexAsync(string title, string body, Audience audience, params string[] facets)
    {
        var thing = new Thing("note", Interlocked.Increment(ref _key));
        await house.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<KernelDb>();
            await db.WriteAsync(ct => services.GetRequiredService<ISearch>().IndexAsync(db, [new(thing, "tasks", audience, title, body, $"/notes/{thing.Key}", At, facets)], ct), default);
            return true;
        });
        return thing;
    }

    private Task<SearchPage> FindAsync(string text, Actor? actor = null, params string[] facets) => house.InScopeAsync(
        services => services.GetRequiredService<ISearch>().FindAsync(new(text, Facets: facets), actor ?? Actor.Anonymous, default));

    [Theory]
    [InlineData("Zürcher Geschnetzeltes", "zurcher")]
    [InlineData("Straße sperren", "STRASSE", false)]
    [InlineData("冬市場の準備", "市場")]
    [InlineData("Water the beds", "wat")]
    [InlineData("CLUB-123 Fête d’été", "club-123")]
    [InlineData("CLUB-124 Fête d’été", "fete ete")]
    public async Task Words_are_found_without_accents_by_their_beginning_and_in_scripts_without_spaces(string title, string query, bool found = true)
    {
        var thing = await IndexAsync(title, "", Audience.Public);
        Assert.Equal(found, (await FindAsync(query)).Hits.Items.Any(h => h.Thing == thing));
    }

    [Fact]
    public async Task A_title_outranks_a_body_and_the_snippet_shows_the_hit()
    {
        var inBody = await IndexAsync("Shopping", "We still need quinces for the jelly on Saturday", Audience.Public);
        var inTitle = await IndexAsync("Quinces", "Nothing more to say", Audience.Public);
        var page = await FindAsync("quinces");
        Assert.Equal([inTitle, inBody], page.Hits.Items.Select(h => h.Thing));
        Assert.Contains("\u0002quinces\u0003", page.Hits.Items[1].Snippet);
        Assert.Equal(2, page.Rooms["tasks"]);
    }

    [Fact]
    public async Task Only_what_the_caller_may_see_is_found()
    {
        var me = new Id<Member>(77_001);
        var mine = await IndexAsync("Xylophone lesson", "", Audience.Only(me));
        await IndexAsync("Xylophone of another", "", Audience.Only(new(77_002)));
        var set = Audience.NewSet();
        var shared = await IndexAsync("Xylophone for the band", "", set);
        await house.WithDbAsync(db => db.WriteAsync(
            async ct =>
            {
                await db.SetAudienceAsync(set, [Principal.Of(new Id<Group>(5))], ct);
                db.PrincipalMembers.Add(new() { MemberId = me, Principal = Principal.Of(new Id<Group>(5)) });
            },
            default));
        var actor = new Actor { Kind = ActorKind.Member, MemberId = me, Role = Role.Member };
        Assert.Equal([mine, shared], (await FindAsync("xylophone", actor)).Hits.Items.Select(h => h.Thing).OrderBy(t => t.Key));
        Assert.Empty((await FindAsync("xylophone")).Hits.Items);
        Assert.Empty((await FindAsync("xylophone")).Rooms);
    }

    [Fact]
    public async Task A_change_is_found_under_its_new_words_only_and_a_removal_not_at_all()
    {
        var thing = await IndexAsync("Marmalade", "", Audience.Public);
        await house.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<KernelDb>();
            var search = services.GetRequiredService<ISearch>();
            await db.WriteAsync(ct => search.IndexAsync(db, [new(thing, "tasks", Audience.Public, "Chutney", "", "/x", At, [])], ct), default);
            Assert.Empty((await FindAsync("marmalade")).Hits.Items);
            Assert.Single((await FindAsync("chutney")).Hits.Items);
            await db.WriteAsync(ct => search.RemoveAsync(db, [thing], ct), default);
            Assert.Empty((await FindAsync("chutney")).Hits.Items);
            return true;
        });
    }

    [Fact]
    public async Task Facets_narrow_and_their_signs_are_taken_literally()
    {
        var wanted = await IndexAsync("Turnips", "", Audience.Public, "label:50%_off");
        await IndexAsync("Turnips too", "", Audience.Public, "label:50x off");
        Assert.Equal(wanted, Assert.Single((await FindAsync("turnips", null, "label:50%_off")).Hits.Items).Thing);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap()
    {
        for (var i = 0; i < 25; i++) await IndexAsync($"Pomegranate {i}", "", Audience.Public);
        var seen = new HashSet<Thing>();
        string? cursor = null;
        do
        {
            var page = await house.InScopeAsync(s => s.GetRequiredService<ISearch>().FindAsync(new("pomegranate", Limit: 10, Cursor: cursor), Actor.Anonymous, default));
            foreach (var hit in page.Hits.Items) Assert.True(seen.Add(hit.Thing));
            cursor = page.Hits.Next;
        }
        while (cursor is not null);
        Assert.Equal(25, seen.Count);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("* OR NEAR( AND")]
    [InlineData("a\" b\" c*")]
    [InlineData("'); DROP TABLE x; --")]
    [InlineData("!!! ~~ ::")]
    public async Task Whatever_is_typed_is_answered(string text) => Assert.NotNull(await FindAsync(text));
}

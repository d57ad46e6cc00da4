using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>A house of its own, in which nobody else asks for anything: what is allocated is the thread's.</summary>
public sealed class LongThreadHouse() : TestHouse(new SocialModule())
{
    protected override bool WorkersRun => false;
}

[CollectionDefinition(nameof(LongThreadHouse), DisableParallelization = true)]
public sealed class LongThreadCollection : ICollectionFixture<LongThreadHouse>;

/// <summary>Threads that are longer than anybody reads.</summary>
[Collection(nameof(LongThreadHouse))]
public sealed class LongThreadTests(LongThreadHouse house)
{
    private const int Answers = 50_000;

    [Fact]
    public async Task A_thread_of_fifty_thousand_posts_costs_no_more_statements_than_one_of_two_and_little_memory()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var root = await ada.TootAsync("Counting");
        var answer = await ben.TootAsync("one", inReplyTo: root);
        var path = $"/api/v1/statuses/{root}/context";
        await ada.GetAsync(path);
        var few = (await ada.GetAsync(path)).Ok();
        Assert.Equal(1, few.Json.GetProperty("descendants").GetArrayLength());

        await GrowAsync(Id<Status>.Parse(answer));
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var many = (await ada.GetAsync(path)).Ok();
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.Equal(4096, many.Json.GetProperty("descendants").GetArrayLength());
        // 4,096 rows are asked for in more than one go.
        Assert.True(many.Statements <= few.Statements + 40, $"{few.Statements} statements, then {many.Statements}");
        // The answer itself is several megabytes, and is held here as text and bytes.
        Assert.True(allocated < many.Bytes.Length * 24L, $"{allocated / 1024 / 1024} MiB for {many.Bytes.Length / 1024 / 1024} MiB");

        // Depth first, each below the one that it answers.
        var told = many.Json.GetProperty("descendants").EnumerateArray().Select(d => (Id: d.GetProperty("id").GetString()!, Parent: d.GetProperty("in_reply_to_id").GetString()!)).ToList();
        var seen = new HashSet<string> { root };
        Assert.All(told, d => Assert.True(seen.Contains(d.Parent) && seen.Add(d.Id)));

        // From its middle, as a stranger, and as a page.
        var deep = told[^1].Id;
        Assert.Equal(16, (await ada.GetAsync($"/api/v1/statuses/{deep}/context")).Ok().Json.GetProperty("ancestors").GetArrayLength(), tolerance: 14);
        Assert.Equal(60, (await house.Stranger().GetAsync(path)).Ok().Json.GetProperty("descendants").GetArrayLength());
        var page = (await ada.PageAsync($"/@{ada.Handle}/{root}")).Ok();
        Assert.True(page.Statements <= 40, $"{page.Statements} statements");
    }

    // Copies of one answer, each in answer to the one of half its number: seventeen deep.
    private Task<bool> GrowAsync(Id<Status> first) => house.InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<SocialDb>();
        await CopyAsync<Status>(db, nameof(Status.Id), first.Value, new() { [nameof(Status.Uri)] = "s.uri || '-' || n.i", [nameof(Status.InReplyTo)] = "s.id + n.i / 2" });
        await CopyAsync<StatusStats>(db, nameof(StatusStats.StatusId), first.Value, []);
        return true;
    });

    private static async Task CopyAsync<T>(SocialDb db, string key, long first, Dictionary<string, string> filled)
    {
        var type = db.Model.FindEntityType(typeof(T))!;
        var table = StoreObjectIdentifier.Table(type.GetTableName()!);
        var columns = type.GetProperties().Select(p => (Name: p.GetColumnName(table)!, Value: p.Name == key ? $"s.{p.GetColumnName(table)} + n.i" : filled.GetValueOrDefault(p.Name, $"s.{p.GetColumnName(table)}"))).ToList();
        var by = columns.First(c => c.Value.EndsWith("+ n.i", StringComparison.Ordinal) && c.Value.StartsWith("s.", StringComparison.Ordinal)).Name;
        var sql = $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Answers - 1})
            INSERT INTO {table.Name} ({string.Join(", ", columns.Select(c => c.Name))})
            SELECT {string.Join(", ", columns.Select(c => c.Value))} FROM {table.Name} s, n WHERE s.{by} = {first}
            """;
#pragma warning disable EF1002 // Names of the model, and numbers.
        Assert.Equal(Answers - 1, await db.WriteAsync(ct => db.Database.ExecuteSqlRawAsync(sql, ct), CancellationToken.None));
#pragma warning restore EF1002
    }
}

using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>Ids in the order of commits: nobody who pages by them misses a post, or reads one twice, while others write.</summary>
public sealed class IdTests(WaitingHouse house) : IClassFixture<WaitingHouse>
{
    private const int Writers = 8;
    private const int Posts = 200;

    [Fact]
    public async Task Readers_who_page_forward_while_eight_write_see_every_post_once_and_in_order()
    {
        var writers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => house.PersonAsync("writer")));
        var readers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => house.PersonAsync("reader")));
        foreach (var reader in readers)
            foreach (var writer in writers) await reader.FollowAsync(writer);
        var tag = $"ids{writers[0].Handle}";
        var since = await writers[0].TootAsync($"start #{tag}");
        var posting = Task.WhenAll(writers.Select(async w =>
        {
            for (var i = 0; i < Posts; i++) await WriteAsync(w, $"{i} #{tag}");
        }));
        var reading = readers.Select(r => ForwardAsync(r, "/api/v1/timelines/home?limit=31", since, posting))
            .Append(ForwardAsync(house.Stranger(), $"/api/v1/timelines/tag/{tag}?limit=33", since, posting)).ToList();
        await posting;
        foreach (var read in await Task.WhenAll(reading))
        {
            Assert.Equal(Writers * Posts, read.Count);
            Assert.Equal(read.Order().Distinct(), read);
        }

        // Backwards, while others go on writing, nothing is skipped or shown twice either.
        var more = Task.WhenAll(writers.Select(async w =>
        {
            for (var i = 0; i < 5; i++) await WriteAsync(w, $"more {i} #{tag}");
        }));
        List<string> back = [];
        for (IReadOnlyList<string> page; (page = await readers[0].IdsAsync($"/api/v1/timelines/home?limit=37{(back.Count == 0 ? "" : $"&max_id={back[^1]}")}")).Count > 0;) back.AddRange(page);
        await more;
        Assert.Equal(back.Distinct().Count(), back.Count);
        Assert.True(back.Count > Writers * Posts);
        Assert.Equal(back.OrderDescending(StringComparer.Ordinal), back);
    }

    // As the route does, without the wire. A house that is busy says so before it writes.
    private async Task WriteAsync(Person writer, string text)
    {
        for (var written = false; !written;)
            written = await house.InScopeAsync(
                async services =>
                {
                    try
                    {
                        var viewer = await services.GetRequiredService<Viewers>().OfAsync(writer.Actor, CancellationToken.None);
                        await services.GetRequiredService<PublishStatus>().HandleAsync(new() { Text = text }, viewer, null, CancellationToken.None);
                        return true;
                    }
                    catch (Refusal busy) when (busy.Kind == RefusalKind.Unavailable)
                    {
                        return false;
                    }
                },
                writer.Actor);
    }

    private static async Task<List<long>> ForwardAsync(Caller reader, string path, string since, Task posting)
    {
        List<long> read = [];
        while (true)
        {
            var done = posting.IsCompleted;
            var page = await reader.IdsAsync($"{path}&min_id={(read.Count > 0 ? $"{read[^1]}" : since)}");
            read.AddRange(page.Reverse().Select(long.Parse));
            if (page.Count == 0 && done) return read;
        }
    }
}

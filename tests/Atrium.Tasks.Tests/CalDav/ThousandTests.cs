using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Atrium.Testing;
using Xunit;

namespace Atrium.Tasks.Tests.CalDav;

[Collection(nameof(DavHouse))]
public class ThousandTests(DavHouse house)
{
    private const int Lanes = 8;

    /// <summary>As fast as the machine can, while the clock of the house stands still: what goes by time would lose some.</summary>
    [Fact]
    public async Task A_thousand_changes_of_two_phones_in_one_second_all_reach_a_third()
    {
        using var ada = await house.PersonAsync("ada");
        using var ben = await house.PersonAsync("ben");
        using var cleo = await house.PersonAsync("cleo");
        var club = await ada.ProjectAsync();
        await ada.AddAsync(club, ben, ProjectRole.Writer);
        await ada.AddAsync(club, cleo, ProjectRole.Reader);
        Phone[] phones = [new(ada), new(ben)];
        string[] lists = [phones[0].List(club), $"{phones[1].Home}{club.Id}/"];
        var (third, read) = (new Phone(cleo), $"/dav/calendars/users/{cleo.Handle}/{club.Id}/");
        var (token, seen, said) = ((await third.SyncAsync(read)).Token, new Dictionary<string, string>(), new ConcurrentDictionary<string, string>());
        var (before, changes, syncs) = (await SeqAsync(), 0, 0);
        using var heard = new SemaphoreSlim(0);

        var watch = Stopwatch.StartNew();
        var writing = Task.WhenAll(Enumerable.Range(0, 2 * Lanes).Select(lane => LaneAsync(lane / Lanes, lane)));
        for (var told = heard.WaitAsync(); await Task.WhenAny(told, writing) == told; told = heard.WaitAsync()) await SyncAsync();
        await writing;
        var took = watch.Elapsed;
        await SyncAsync();
        TestContext.Current.SendDiagnosticMessage($"1,000 changes in {took.TotalSeconds:0.00} s, {1000 / took.TotalSeconds:0} a second, while the third asked {syncs} times ({(house.OnPostgres ? "PostgreSQL" : "SQLite")})");

        // Each took a number of its own, and the third has the last of each and nothing else.
        Assert.Equal(1000, await SeqAsync() - before);
        var now = await phones[0].SyncAsync(lists[0]);
        Assert.Equal(said.Keys.Order(StringComparer.Ordinal), seen.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(now.Changed.ToDictionary(c => c.Key.Split('/')[^1], c => c.Value).OrderBy(c => c.Key, StringComparer.Ordinal), seen.OrderBy(c => c.Key, StringComparer.Ordinal));
        var data = (await third.MultigetAsync(read, seen.Keys.Select(n => read + n))).Data();
        Assert.All(said, put => Assert.Equal(put.Value.ReplaceLineEndings("\n"), data[put.Key].ReplaceLineEndings("\n")));

        // 62 or 63 changes: five of which are a task made, changed twice, another made and thrown away.
        async Task LaneAsync(int who, int lane)
        {
            var left = (1000 / (2 * Lanes)) + (lane < 1000 % (2 * Lanes) ? 1 : 0);
            for (var i = 0; left > 0; i++)
            {
                var (kept, gone) = ($"{lane}-{i}.ics", $"{lane}-{i}-gone.ics");
                foreach (var title in new[] { "made", "changed", "changed again" })
                    if (left-- > 0)
                        await PutAsync(kept, Phone.Todo($"{lane}-{i}", $"SUMMARY:{title}"));
                if (left-- > 0) await PutAsync(gone, Phone.Todo($"{lane}-{i}-gone", "SUMMARY:soon gone"));
                if (left-- <= 0) continue;
                (await Steps.PatientlyAsync(() => phones[who].DeleteAsync(lists[who] + gone))).Is(HttpStatusCode.NoContent);
                said.TryRemove(gone, out _);
                Hear();
            }

            async Task PutAsync(string name, string text)
            {
                (await Steps.PatientlyAsync(() => phones[who].PutAsync(lists[who] + name, text))).Ok();
                said[name] = text;
                Hear();
            }
        }

        // The third asks whenever some more were made, in the midst of them.
        void Hear()
        {
            if (Interlocked.Increment(ref changes) % 25 == 0) heard.Release();
        }

        async Task SyncAsync()
        {
            for (var more = true; more;)
            {
                var page = await third.SyncAsync(read, token, limit: 40);
                syncs++;
                (token, more) = (page.Token, page.More);
                foreach (var (href, tag) in page.Changed) seen[href.Split('/')[^1]] = tag;
                foreach (var href in page.Gone) seen.Remove(href.Split('/')[^1]);
            }
        }

        async Task<long> SeqAsync() => long.Parse((await ada.GetAsync($"/api/tasks/projects/{club.Id}")).Ok()["seq"], System.Globalization.CultureInfo.InvariantCulture);
    }
}

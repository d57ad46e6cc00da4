using System.Net;
using Atrium.Testing;
using Xunit;

namespace Atrium.Tasks.Tests.CalDav;

[Collection(nameof(DavHouse))]
public class ThousandTests(DavHouse house)
{
    [Fact]
    public async Task A_thousand_changes_of_two_phones_in_a_moment_all_reach_a_third()
    {
        using var ada = await house.PersonAsync("ada");
        using var ben = await house.PersonAsync("ben");
        using var cleo = await house.PersonAsync("cleo");
        var club = await ada.ProjectAsync();
        await ada.AddAsync(club, ben, ProjectRole.Writer);
        await ada.AddAsync(club, cleo, ProjectRole.Reader);
        var (first, second, third) = (new Phone(ada), new Phone(ben), new Phone(cleo));
        var (lists, seen) = (new[] { first.List(club), $"{second.Home}{club.Id}/" }, new Dictionary<string, string>());
        var read = $"{third.Home}{club.Id}/";
        var token = (await third.SyncAsync(read)).Token;
        var writing = Task.WhenAll(Enumerable.Range(0, 2).SelectMany(who => Enumerable.Range(0, 5).Select(async lane =>
        {
            var phone = who == 0 ? first : second;
            for (var i = 0; i < 50; i++)
            {
                var path = $"{lists[who]}{who}-{lane}-{i}.ics";
                (await phone.PutAsync(path, Phone.Todo($"{who}-{lane}-{i}", "SUMMARY:x"))).Is(HttpStatusCode.Created);
                if (i % 5 == 4) (await phone.DeleteAsync($"{lists[who]}{who}-{lane}-{i - 2}.ics")).Ok();
                else (await phone.PutAsync(path, Phone.Todo($"{who}-{lane}-{i}", "SUMMARY:y"))).Ok();
            }
        })));
        while (!writing.IsCompleted) await SyncAsync();
        await writing;
        await SyncAsync();
        var now = await first.SyncAsync(lists[0]);
        Assert.Equal(400, now.Changed.Count);
        Assert.Equal(now.Changed.ToDictionary(c => c.Key.Split('/')[^1], c => c.Value).OrderBy(c => c.Key), seen.OrderBy(c => c.Key));

        async Task SyncAsync()
        {
            var page = await third.SyncAsync(read, token, limit: 40);
            token = page.Token;
            foreach (var (href, tag) in page.Changed) seen[href.Split('/')[^1]] = tag;
            foreach (var href in page.Gone) seen.Remove(href.Split('/')[^1]);
            if (page.More) await SyncAsync();
        }
    }
}

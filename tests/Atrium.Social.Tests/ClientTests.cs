using System.Diagnostics;
using System.Text.RegularExpressions;
using Atrium.Contracts.Accounts;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;
using NetVips;

namespace Atrium.Social.Tests;

/// <summary>Apps that others made, unchanged.</summary>
public sealed partial class ClientTests(SocialHouse house)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Masto_js_runs_its_whole_flow()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var said = await RunAsync("node", null, Script("masto.mjs"), house.Url, await TokenAsync(ada), await TokenAsync(ben), Convert.ToBase64String(Jpeg()));
        Assert.EndsWith("masto.js: done", said.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Megalodon_takes_the_house_for_Mastodon()
    {
        var ada = await house.PersonAsync("ada");
        var said = await RunAsync("node", null, Script("megalodon.mjs"), house.Url, await TokenAsync(ada));
        Assert.EndsWith("megalodon: done", said.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mastodon_py_signs_in_by_a_code_posts_pages_and_streams()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ben.AccountIdAsync();
        var picture = Path.Combine(Directory.CreateTempSubdirectory("mastodon.py").FullName, "p.jpg");
        await File.WriteAllBytesAsync(picture, Jpeg());
        // As the system's package manager installs it.
        using var program = Start("/usr/bin/python3", null, [Script("mastodon_py.py"), house.Url, await TokenAsync(ben), picture]);
        Assert.EndsWith("Mastodon.py: done", (await CodeAsync(program, ada)).Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Toot_signs_in_by_a_typed_code_and_does_what_it_can()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ben.AccountIdAsync();
        var home = Directory.CreateTempSubdirectory("toot").FullName;
        await LoginAsync(ada, home);

        Assert.Contains(ada.Handle, await TootAsync(home, "whoami"), StringComparison.Ordinal);
        await TootAsync(home, "post", "hello from toot", "-v", "public");
        var account = await ada.AccountIdAsync();
        var id = (await ada.IdsAsync($"/api/v1/accounts/{account}/statuses"))[0];
        var picture = Path.Combine(home, "p.jpg");
        await File.WriteAllBytesAsync(picture, Jpeg());
        await TootAsync(home, "post", "with a picture", "-m", picture, "-d", "grey");
        Assert.Equal("grey", (await ada.GetAsync($"/api/v1/accounts/{account}/statuses?limit=1")).Ok().Json[0].GetProperty("media_attachments")[0].GetProperty("description").GetString());
        await TootAsync(home, "post", "an answer", "-r", id);
        Assert.Contains("an answer", await TootAsync(home, "thread", id), StringComparison.Ordinal);
        foreach (var verb in (string[])["favourite", "unfavourite", "reblog", "unreblog", "bookmark", "unbookmark", "pin", "unpin"]) await TootAsync(home, verb, id);
        Assert.Contains("now following", await TootAsync(home, "follow", ben.Handle), StringComparison.OrdinalIgnoreCase);
        await TootAsync(home, "mute", ben.Handle);
        await TootAsync(home, "unmute", ben.Handle);
        await TootAsync(home, "block", ben.Handle);
        await TootAsync(home, "unblock", ben.Handle);
        await ben.TootAsync($"hey @{ada.Handle}", "public");
        Assert.Contains("hey", await TootAsync(home, "notifications"), StringComparison.Ordinal);
        Assert.Contains(ben.Handle, await TootAsync(home, "search", ben.Handle), StringComparison.Ordinal);
        Assert.Contains("hello from toot", await TootAsync(home, "timeline", "-1", "-c", "10"), StringComparison.Ordinal);
        await TootAsync(home, "post", "later, from toot", "--scheduled-in", "6 minutes");
        Assert.Equal("later, from toot", Assert.Single((await ada.GetAsync("/api/v1/scheduled_statuses")).Ok().Json.EnumerateArray()).GetProperty("params").GetProperty("text").GetString());
        await TootAsync(home, "instance", "--disable-https", new Uri(house.Url).Authority);
        await TootAsync(home, "delete", id);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await ada.GetAsync($"/api/v1/statuses/{id}")).Status);
    }

    private async Task LoginAsync(Person person, string home)
    {
        using var toot = Start("toot", home, ["login", "-i", new Uri(house.Url).Authority, "--disable-https"]);
        // Whether to open a browser is asked before the code, and answered whether it was read already or not.
        await CodeAsync(toot, person, "n");
    }

    // A person allows what the program asks for, and types the code.
    private static async Task<string> CodeAsync(Process program, Person person, params string[] first)
    {
        using var patience = new CancellationTokenSource(Patience);
        var moaned = program.StandardError.ReadToEndAsync(patience.Token);
        var said = "";
        var buffer = new char[1024];
        Match address;
        while (!(address = Address().Match(said)).Success)
        {
            var read = await program.StandardOutput.ReadAsync(buffer, patience.Token);
            Assert.True(read > 0, said + (read == 0 ? await moaned : ""));
            said += new string(buffer, 0, read);
        }

        foreach (var line in first) await program.StandardInput.WriteLineAsync(line);
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(address.Value).Query);
        await person.PageAsync(new Uri(address.Value).PathAndQuery);
        var page = await person.FormAsync("/oauth/authorize", [.. query.Select(q => (q.Key, q.Value.ToString())), ("decision", "allow")]);
        await program.StandardInput.WriteLineAsync(Code().Match(page.Ok().Body).Groups["code"].Value);
        program.StandardInput.Close();
        said += await program.StandardOutput.ReadToEndAsync(patience.Token);
        await program.WaitForExitAsync(patience.Token);
        Assert.True(program.ExitCode == 0, said + await moaned);
        return said;
    }

    private static Task<string> TootAsync(string home, params string[] words) => RunAsync("toot", home, words);

    private static async Task<string> RunAsync(string program, string? home, params string[] words)
    {
        using var process = Start(program, home, words);
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        var (said, moaned) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', words.Take(3))}: {await said}{await moaned}");
        return await said;
    }

    private static Process Start(string program, string? home, IEnumerable<string> words)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (home is not null) start.Environment["HOME"] = start.Environment["XDG_CONFIG_HOME"] = home;
        start.Environment["NO_COLOR"] = "1";
        start.Environment["BROWSER"] = "true";
        return Process.Start(start)!;
    }

    private Task<string> TokenAsync(Person person) => house.InScopeAsync(services =>
        services.GetRequiredService<IMemberRegistry>().AddTokenAsync(person.Id, "client", ["read", "write", "follow", "push"], CancellationToken.None));

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Clients", name);

    private static byte[] Jpeg()
    {
        using var picture = Image.Black(40, 30, bands: 3);
        using var grey = (picture + 120.0).Cast(Enums.BandFormat.Uchar);
        return grey.JpegsaveBuffer();
    }

    [GeneratedRegex(@"http://\S+/oauth/authorize/?\?\S+", RegexOptions.None, 1000)]
    private static partial Regex Address();

    [GeneratedRegex("""<code id="authorization-code">(?<code>[^<]+)</code>""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}

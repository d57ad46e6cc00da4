using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Atrium.Testing;

/// <summary>Chromium, one process for the whole assembly; each page is a fresh profile.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Environment.GetEnvironmentVariable("ATRIUM_CHROMIUM") ?? "/usr/bin/chromium", Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null) await _chromium.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A new tab, signed in as <paramref name="person"/> if one is given.</summary>
    public async Task<IPage> OpenAsync(TestHouse house, Person? person = null, int width = 1280, int height = 900, bool dark = false, bool script = true)
    {
        var context = await _chromium!.NewContextAsync(new()
        {
            BaseURL = house.Url,
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = script,
            TimezoneId = "Europe/Berlin",
            Locale = "en-GB",
            ReducedMotion = ReducedMotion.Reduce,
        });
        if (person is not null)
            await context.AddCookiesAsync([new() { Name = HarnessSignIn.Cookie, Value = HarnessSignIn.Write(new(person.Id, person.Handle, person.Role, person.TimeZone, person.Culture), null), Url = house.Url }]);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(15_000);
        return page;
    }

    /// <summary>Waits until <paramref name="expression"/> holds in the page. Asked from outside, because a page under our policy may not evaluate text itself.</summary>
    public static async Task UntilAsync(IPage page, string expression)
    {
        for (var tries = 0; !await page.EvaluateAsync<bool>(expression); tries++)
        {
            Assert.True(tries < 200, $"Never came true: {expression}");
            await page.WaitForTimeoutAsync(50);
        }
    }

    /// <summary>Fails the test if axe finds anything against WCAG 2.2 AA, if the page is wider than the window.</summary>
    public static async Task CheckAsync(IPage page)
    {
        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, $"{page.Url}: " + string.Join("; ", result.Violations.Select(v => $"{v.Id} at {string.Join(", ", v.Nodes.Select(n => n.Html).Take(3))}")));
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{page.Url} is {overflow} px wider than the window.");
    }
}

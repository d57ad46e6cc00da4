using System.Collections.Concurrent;
using System.Reflection;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Xunit;
using Xunit.v3;

namespace Atrium.Testing;

/// <summary>Chromium, one process for the whole assembly; each page is a fresh profile.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    // A directory for pictures of every page walked; none are made without it.
    private static readonly string? Shots = Environment.GetEnvironmentVariable("ATRIUM_SHOTS") is { Length: > 0 } folder ? folder : null;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private static readonly ConcurrentDictionary<string, ConcurrentBag<IBrowserContext>> Opened = new();

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
        if (TestContext.Current.Test is { } test) Opened.GetOrAdd(test.UniqueID, _ => []).Add(context);
        if (person is not null)
            await context.AddCookiesAsync([new() { Name = HarnessSignIn.Cookie, Value = HarnessSignIn.Write(new(person.Id, person.Handle, person.Role, person.TimeZone, person.Culture), null), Url = house.Url }]);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(15_000);
        return page;
    }

    /// <summary>Closes what a test opened: a page that is left open goes on listening and redrawing beside the tests that follow.</summary>
    internal static async Task CloseAsync(string test)
    {
        if (!Opened.TryRemove(test, out var contexts)) return;
        foreach (var context in contexts) await context.CloseAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
    public static async Task CheckAsync(IPage page) => Assert.Empty(await FaultsAsync(page, []));

    /// <summary>
    /// Loads each address and looks at it as <see cref="CheckAsync"/> does, on a desk and on the narrowest telephone, in light and in
    /// dark; of the dark, only the contrast can differ. Tells all faults at once.
    /// </summary>
    public static async Task WalkAsync(IPage page, IEnumerable<string> addresses)
    {
        var faults = new List<string>();
        foreach (var address in addresses)
        {
            var answer = await page.GotoAsync(address);
            if (answer!.Status != 200) faults.Add($"{address} answered {answer.Status}");
            foreach (var width in (int[])[1280, 360])
            {
                await page.SetViewportSizeAsync(width, 900);
                foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
                {
                    await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                    var look = $"{width}-{(scheme is ColorScheme.Dark ? "dark" : "light")}";
                    faults.AddRange((await FaultsAsync(page, scheme is ColorScheme.Dark ? ["color-contrast"] : [])).Select(fault => $"{look}: {fault}"));
                    if (Shots is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, $"{new Uri(page.Url).AbsolutePath.Trim('/').Replace('/', '_')}-{look}.png"), FullPage = true });
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    // What is moving is looked at where it ends, and what that sets moving too. Only the faults come back: all that axe found in order is most of its answer.
    private static async Task<IReadOnlyList<string>> FaultsAsync(IPage page, string[] rules)
    {
        if (await page.EvaluateAsync<bool>("typeof axe === 'undefined'")) await page.EvaluateAsync(Axe);
        var faults = await page.EvaluateAsync<string[]>(
            """
            async rules => {
                for (let moving; (moving = document.getAnimations().filter(m => m.playState === 'running')).length > 0;)
                    for (const one of moving) one.effect.getComputedTiming().endTime === Infinity ? one.cancel() : one.finish();
                const found = await axe.run(document, { resultTypes: ['violations'], ...(rules.length ? { runOnly: { type: 'rule', values: rules } } : {}) });
                const faults = found.violations.map(v => `${v.id} at ${v.nodes.slice(0, 3).map(n => n.html).join(', ')}`);
                const wider = document.documentElement.scrollWidth - document.documentElement.clientWidth;
                return wider > 0 ? [...faults, `${wider} px wider than the window`] : faults;
            }
            """,
            rules);
        return [.. faults.Select(fault => $"{page.Url}: {fault}")];
    }
}

/// <summary>Closes the tabs of every test of the assembly when it is over.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ClosesTabsAttribute : BeforeAfterTestAttribute
{
    public override void After(MethodInfo methodUnderTest, IXunitTest test) => _ = Browser.CloseAsync(test.UniqueID);
}

using Atrium.Kernel.Text;

namespace Atrium.Kernel.Tests.Text;

public sealed class HtmlCleanerTests
{
    public static TheoryData<string> Attacks =>
    [
        "<script>alert(1)</script>", "<SCRIPT SRC=//evil/x.js></SCRIPT>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<img src=x onerror=alert(1)>", "<img src=`javascript:alert(1)`>",
        "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>", "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>", "<a href=\"JaVaScRiPt:alert(1)\">x</a>", "<a href=\" \u0001javascript:alert(1)\">x</a>", "<a href=\"java\tscript:alert(1)\">x</a>", "<a href=\"java&#10;script:alert(1)\">x</a>",
        "<a href=\"&#106;avascript:alert(1)\">x</a>", "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>", "<a href=\"vbscript:x\">x</a>", "<a href=\"file:///etc/passwd\">x</a>", "<a href=\"blob:x\">x</a>",
        "<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">", "<img src=\"//evil.example/x.png\">", "<img src=\"/\\evil.example/x.png\">", "<img src=\"/\t/evil.example/x.png\">", "<img srcset=\"//evil 1x\" src=/a>",
        "<div style=\"position:fixed;inset:0\">x</div>", "<p style=\"background:url(javascript:alert(1))\">", "<style>@import '//evil';</style>", "<link rel=stylesheet href=//evil>", "<meta http-equiv=refresh content=0;url=//evil>",
        "<base href=//evil>", "<iframe srcdoc=\"<script>alert(1)</script>\">", "<iframe src=javascript:alert(1)>", "<object data=x>", "<embed src=x>", "<form action=//evil><input name=password type=password><button>Go</button></form>",
        "<input type=checkbox disabled onclick=x>", "<textarea><script>x</script></textarea>", "<select><option><style></option></select><img src=x onerror=x></style>", "<details open ontoggle=alert(1)>x</details>",
        "<body onload=alert(1)>", "<html><head><script>x</script>", "<video><source onerror=alert(1)>", "<audio src=x onerror=alert(1)>", "<marquee onstart=alert(1)>x</marquee>", "<a id=x name=y href=/>clobber</a>",
        "<p class=\"rail topbar dialog\">x</p>", "<p data-enhance=true>x</p>", "<p is=x-evil>x</p>", "<x-live topic=secret>x</x-live>", "<template><img src=x onerror=x></template>", "<plaintext><b>x", "<xmp><p>x</xmp>",
        "<!--><img src=x onerror=alert(1)>-->", "<!--[if IE]><script>x</script><![endif]-->", "<![CDATA[<script>x</script>]]>", "<?xml version=1.0?><script>x</script>", "<a href=/ target=_blank ping=//evil rel=opener>x</a>",
        "<p aria-hidden=true role=alert>x</p>", "<table background=javascript:x><td background=//evil>x</table>", "<img/src=\"/a\"/onerror=alert(1)>", "<img src=\"/a\"onerror=alert(1)>", "<<img src=x onerror=x>", "<a href=\"/\" onclick=x><a href=/ onclick=y>z</a>",
        "<math><annotation-xml encoding=\"text/html\"><img src=x onerror=x></annotation-xml></math>", "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", "<title><img src=x onerror=x></title>", "<frameset onload=x><frame src=javascript:x>",
        "\u0000<scr\u0000ipt>x</script>", "<dialog open>x</dialog>", "<p tabindex=9 accesskey=x contenteditable autofocus onfocus=x>x</p>", "<button popovertarget=x>x</button>", "<slot name=x>x</slot>",
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void No_attack_survives_and_cleaning_twice_changes_nothing(string html)
    {
        var once = Markup.CleanHtml(html).Html.Value;
        SafetyOf.Demand(once);
        var twice = Markup.CleanHtml(once).Html.Value;
        SafetyOf.Demand(twice);
        Assert.Equal(once.Replace(" loading=\"lazy\"", "", StringComparison.Ordinal), twice.Replace(" loading=\"lazy\"", "", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Nor_does_it_through_markdown(string html)
    {
        SafetyOf.Demand(Markup.Render(html).Html.Value);
        SafetyOf.Demand(Markup.Render($"[x]({html}) ![y]({html}) <{html}> [z]: {html}\n\n[z]", MarkupKind.Document).Html.Value);
    }

    [Fact]
    public void Honest_html_stays()
    {
        const string html = "<h2>Title</h2>\n<p>One <strong>two</strong> <em>three</em><br>four</p>\n<blockquote><p>q</p></blockquote>\n<ol start=\"3\"><li>a</li></ol>";
        Assert.Equal(html, Markup.CleanHtml(html).Html.Value);
    }

    [Fact]
    public void A_fediverse_status_keeps_its_marks()
    {
        var text = Markup.CleanHtml("<p><span class=\"h-card evil\"><a href=\"https://m.example/@ada\" class=\"u-url mention\">@<span>ada</span></a></span> <a href=\"https://long.example/x\" target=\"_blank\" rel=\"me\"><span class=\"invisible\">https://</span>long</a></p>");
        Assert.Equal("<p><span class=\"h-card\"><a href=\"https://m.example/@ada\" class=\"u-url mention\" rel=\"nofollow noopener ugc\">@<span>ada</span></a></span> <a href=\"https://long.example/x\" rel=\"nofollow noopener ugc\"><span class=\"invisible\">https://</span>long</a></p>", text.Html.Value);
        Assert.Equal(["https://long.example/x"], text.Links);
        Assert.Equal("@ada https://long", text.Plain);
    }

    [Fact]
    public void Unknown_wrappers_are_opened_and_swallowed_ones_are_not() =>
        Assert.Equal("kept and words", Markup.CleanHtml("<center><font color=red>kept</font></center><script>lost</script> <form>and <label>words</label></form>").Plain);
}

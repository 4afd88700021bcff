using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>axe-core, from the console's packages: https://github.com/dequelabs/axe-core.</summary>
internal static class Axe
{
    /// <summary>
    /// Waits until no colour changes any more: half-way from one to another there is little contrast. A root tells of its
    /// own transitions alone, and a component has a root of its own. They begin with the next frame.
    /// </summary>
    private const string Settled = """
        async () => {
          const roots = root => [
            root,
            ...[...root.querySelectorAll('*')].flatMap(each => each.shadowRoot ? roots(each.shadowRoot) : []),
          ];
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
          const moving = roots(document).flatMap(root => root.getAnimations());
          await Promise.all(
            moving.filter(each => each instanceof CSSTransition).map(each => each.finished.catch(() => {})));
        }
        """;

    public static async Task AddToAsync(IBrowserContext context)
    {
        var script = WebFolder.Find("node_modules", "axe-core", "axe.min.js");
        Skip.If(script is null, "axe-core is not installed: run npm ci in web/.");
        // A script that the browser adds is not subject to the page's policy.
        await context.AddInitScriptAsync(scriptPath: script);
    }

    /// <summary>Checks a desktop and a phone: no serious fault, and no horizontal scrolling.</summary>
    public static async Task ShouldBeFineAsync(IPage page, string what)
    {
        foreach (var (width, height) in new[] { (1280, 800), (390, 844) })
        {
            await page.SetViewportSizeAsync(width, height);
            await page.EvaluateAsync(Settled);
            var found = await page.EvaluateAsync<JsonElement>("async () => (await axe.run()).violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.target.flat()).join(' | ')}`)");
            found.EnumerateArray().Select(fault => fault.GetString()).ShouldBeEmpty($"{what}, {width} wide");
            (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"))
                .ShouldBeTrue($"{what}, {width} wide, scrolls sideways");
        }
    }
}

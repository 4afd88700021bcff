using Microsoft.AspNetCore.Routing.Patterns;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>
/// Tells whether one path could reach two routes. Kestrel would choose the more literal one. The Functions host chooses
/// either, whatever the request's method, so no such path may exist. See
/// https://github.com/Azure/azure-functions-host/issues/9876.
/// </summary>
internal static class Routes
{
    public static bool CanMatchTheSamePath(string one, string other) =>
        CanMatchTheSamePath(Segments(one), Segments(other));

    /// <summary>
    /// True if the two routes differ only in parameter names. Then only the methods tell them apart, on both hosts.
    /// </summary>
    public static bool AreTheSame(string one, string other) => Segments(one).SequenceEqual(Segments(other));

    private static bool CanMatchTheSamePath(ReadOnlySpan<Segment> one, ReadOnlySpan<Segment> other)
    {
        if (one.IsEmpty && other.IsEmpty)
        {
            return true;
        }

        // A catch-all matches everything that is left, including nothing.
        if ((!one.IsEmpty && one[0].CatchAll) || (!other.IsEmpty && other[0].CatchAll))
        {
            return true;
        }

        // Optional parameters are at the end. One may be missing only if all that follow are.
        if (one.IsEmpty || other.IsEmpty)
        {
            return one.IsEmpty ? other[0].Optional : one[0].Optional;
        }

        return (one[0].Fits(other[0]) && CanMatchTheSamePath(one[1..], other[1..]))
            || (one[0].Optional && CanMatchTheSamePath([], other))
            || (other[0].Optional && CanMatchTheSamePath(one, []));
    }

    private static Segment[] Segments(string route) =>
        [.. RoutePatternFactory.Parse(route).PathSegments.Select(Segment.Of)];

    /// <summary>
    /// A literal in small letters, or a parameter with its constraints. A segment with several parts counts as a
    /// parameter.
    /// </summary>
    private sealed record Segment(string? Literal, string Constraints, bool Optional, bool CatchAll)
    {
        public static Segment Of(RoutePatternPathSegment segment) => segment switch
        {
            { IsSimple: true, Parts: [RoutePatternLiteralPart literal] } =>
                new(literal.Content.ToLowerInvariant(), "", Optional: false, CatchAll: false),
            { IsSimple: true, Parts: [RoutePatternParameterPart parameter] } => new(
                Literal: null,
                string.Join(':', parameter.ParameterPolicies.Select(policy => policy.Content)),
                parameter.IsOptional || parameter.Default is not null,
                parameter.IsCatchAll),
            _ => new(
                Literal: null,
                string.Join(
                    "", segment.Parts.Select(part => part is RoutePatternLiteralPart literal ? literal.Content : "{}")),
                Optional: false,
                CatchAll: false),
        };

        public bool Fits(Segment other) => Literal is null || other.Literal is null || Literal == other.Literal;
    }
}

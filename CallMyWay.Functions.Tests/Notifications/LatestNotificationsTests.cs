using CallMyWay.Functions.Notifications;
using Microsoft.Extensions.Time.Testing;

namespace CallMyWay.Functions.Tests.Notifications;

/// <summary>What a process remembers word for word, and for how long.</summary>
public sealed class LatestNotificationsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 16, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now);

    [Fact]
    public void Nothing_Is_Kept_But_While_Somebody_Looks()
    {
        var latest = new LatestNotifications(_time);
        latest.Note(new QueuedCallEvent(Now, "before"), "a");
        latest.KeepUntil(Now.AddMinutes(10));
        // Somebody else looks for a shorter time.
        latest.KeepUntil(Now.AddMinutes(5));
        _time.Advance(TimeSpan.FromMinutes(6));
        latest.Note(new QueuedCallEvent(Now, "during"), "b");
        latest.Note(new QueuedCallEvent(Now, null, BodyBase64: "6Q=="), "c");

        latest.Find(Now, "a").ShouldBeNull();
        latest.Find(Now, "b").ShouldBe("during");
        latest.Find(Now.AddTicks(1), "b").ShouldBeNull();
        latest.Find(Now, "c").ShouldBe("Base64: 6Q==");
        _time.Advance(TimeSpan.FromMinutes(4));
        latest.Note(new QueuedCallEvent(Now, "after"), "d");
        latest.Find(Now, "b").ShouldBeNull("it is let go");
        latest.Find(Now, "d").ShouldBeNull();
    }

    [Fact]
    public void No_More_Are_Kept_Than_The_Latest_And_Of_Each_Its_Beginning()
    {
        var latest = new LatestNotifications(_time);
        latest.KeepUntil(Now.AddMinutes(10));
        for (var i = 0; i <= LatestNotifications.Most; i++)
        {
            latest.Note(new QueuedCallEvent(Now, new string('x', LatestNotifications.Longest + 1)), $"{i}");
        }

        latest.Find(Now, "0").ShouldBeNull();
        latest.Find(Now, "1").ShouldNotBeNull().Length.ShouldBe(LatestNotifications.Longest);
    }
}

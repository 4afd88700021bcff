using System.ComponentModel.DataAnnotations;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>How password guessing is held up: the section <c>SignIn</c> of the settings.</summary>
public sealed class SignInOptions
{
    public const string Section = "SignIn";

    /// <summary>
    /// Failures in a row of one account from one address, or in one browser that signed in before, until no more are
    /// taken from there for a while.
    /// </summary>
    [Range(1, 100, ErrorMessage = "SignIn:FailuresPerAccountAndAddress must be between 1 and 100.")]
    public int FailuresPerAccountAndAddress { get; set; } = 5;

    /// <summary>Failures of one account from all addresses that it never signed in from.</summary>
    [Range(1, 1_000, ErrorMessage = "SignIn:FailuresPerAccount must be between 1 and 1000.")]
    public int FailuresPerAccount { get; set; } = 20;

    /// <summary>Failures from one address of all accounts that never signed in there: an office shares one.</summary>
    [Range(1, 10_000, ErrorMessage = "SignIn:FailuresPerAddress must be between 1 and 10000.")]
    public int FailuresPerAddress { get; set; } = 50;

    /// <summary>The first lock; it doubles with each further failure.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "SignIn:FirstLock must be between 00:00:01 and 01:00:00.")]
    public TimeSpan FirstLock { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>An account's longest lock. Short, so that who guesses can't keep the agent out for long.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "12:00:00", ErrorMessage = "SignIn:LongestAccountLock must be between 00:00:01 and 12:00:00.")]
    public TimeSpan LongestAccountLock { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>An address's longest lock. It holds up who never signed in from there.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "12:00:00", ErrorMessage = "SignIn:LongestAddressLock must be between 00:00:01 and 12:00:00.")]
    public TimeSpan LongestAddressLock { get; set; } = TimeSpan.FromMinutes(5);
}

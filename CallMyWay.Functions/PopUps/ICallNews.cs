using CallMyWay.Functions.Calls;

namespace CallMyWay.Functions.PopUps;

/// <summary>Who is told of each change of a call, once it is stored. Each waits for nothing.</summary>
public interface ICallNews
{
    /// <param name="call">The call as it was saved.</param>
    /// <param name="before">As it was before; null where that is not known. It can be told again.</param>
    void Tell(Call call, Call? before);
}

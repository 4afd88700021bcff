namespace CallMyWay.LocalHost.SignIn;

/// <summary>The connected screens. They are disconnected when their session ends.</summary>
internal interface ISessionScreens
{
    /// <summary>The sessions of the connected screens.</summary>
    IEnumerable<Session> Sessions { get; }

    void CloseSession(string sessionId);

    void CloseAgent(string agentId);
}

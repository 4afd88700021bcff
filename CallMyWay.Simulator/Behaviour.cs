using Microsoft.Extensions.Options;

namespace CallMyWay.Simulator;

/// <summary>What can be changed while the simulator runs.</summary>
public sealed class Behaviour(IOptions<SimulatorOptions> options)
{
    private volatile Shape _shape = options.Value.Shape;
    private volatile ClickBehaviour _click = options.Value.Click;
    private volatile Faults _faults = Faults.None;
    private volatile Uri? _webhook = options.Value.Webhook;

    public Shape Shape { get => _shape; set => _shape = value; }

    public ClickBehaviour Click { get => _click; set => _click = value; }

    public Faults Faults { get => _faults; set => _faults = value; }

    public Uri? Webhook { get => _webhook; set => _webhook = value; }
}

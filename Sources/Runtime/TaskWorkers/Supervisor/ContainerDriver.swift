/// What happened to a container, told by who runs it. Numbers are places in the task's plan.
enum ContainerNews: Sendable, Equatable {
    case started(Int)
    case failedToStart(Int, reason: String)
    /// - `reason`: what there is to say beside the code; nil where it simply exited.
    case exited(Int, code: Int32, reason: String?)
    /// It is gone, and how it ended is not known.
    case lost(Int, reason: String)
    case probeEnded(Int, isSuccess: Bool)
}

/// Runs the containers of one task as the supervisor says, and tells what happens to them. Called on the supervisor's one thread;
/// no call waits for a container.
protocol ContainerDriver: AnyObject {
    /// Readable when `takeNews` has something.
    var news: OwnedDescriptor { get }
    /// What happened since the last call, in order.
    func takeNews() -> [ContainerNews]
    /// Finds what a former supervisor of the task left behind, and tells of it as news.
    func recover()
    /// Starts a container: `started` or `failedToStart` follows. - Parameter environment: all of it.
    func start(_ index: Int, environment: [NameValue])
    /// Asks a container to end; one that is being started must not begin to work if that can be helped.
    func terminate(_ index: Int)
    func kill(_ index: Int)
    /// Begins a health check in a running container: `probeEnded` follows.
    func startProbe(_ index: Int, arguments: [String], environment: [NameValue])
    /// Ends a health check that takes too long: it has failed.
    func killProbe(_ index: Int)
    /// The container's first process, where it has one on this machine.
    func process(_ index: Int) -> Int32?
    /// All have ended and no result is written yet: ends what they may have left running.
    func endLeftovers()
    /// The result is written: removes what need not be kept.
    func discard()
}
